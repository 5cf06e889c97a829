package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;

/**
 * What to do with records of a data set that cannot be right: leave them out, unless they become too many.
 *
 * @param most that may be left out; one more stops with an error that names file and record
 */
public record BadRecords(int most) {
    /** The first one stops. */
    public static final BadRecords REFUSE = new BadRecords(0);

    /** None stops. */
    public static final BadRecords DROP = new BadRecords(Integer.MAX_VALUE);

    public BadRecords {
        if (most < 0) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted a limit of at least 0 bad records, got " + most + "; give 0 or more");
        }
    }
}
