package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of one data set that were left out, while it is opened and while it is used; from any thread. */
public final class BadRecordLog {
    private static final Logger LOG = LoggerFactory.getLogger(BadRecordLog.class);
    private static final int REPORTED = 20;
    private static final int KEPT = 1000;

    private final BadRecords policy;
    private final List<String> lines = new ArrayList<>();
    private int count;

    public BadRecordLog(BadRecords policy) {
        this.policy = policy;
    }

    /** Leaves out a record; {@code message} names its file and place, what was wanted and what came. */
    public void add(String message) {
        add(new GlipException(ErrorCode.BAD_ANNOTATIONS, message));
    }

    /**
     * Leaves out a record, for the reason an error gives.
     *
     * @throws GlipException that error, if no more may be left out
     */
    public synchronized void add(GlipException bad) {
        if (policy.most() == 0) {
            throw bad;
        }
        count++;
        if (lines.size() < KEPT) {
            lines.add(bad.getMessage());
        }
        if (count > policy.most()) {
            throw new GlipException(
                    bad.code(),
                    bad.getMessage() + "; this is one more bad record than the " + policy.most()
                            + " that may be left out",
                    bad);
        }
        if (count <= REPORTED) {
            LOG.warn("left out: {}", bad.getMessage());
        } else if (count == REPORTED + 1) {
            LOG.warn("left out more records, which are counted but no longer named");
        }
    }

    /** Records left out so far. */
    public synchronized int count() {
        return count;
    }

    /** A line for each record left out, the first 1,000 of them. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
