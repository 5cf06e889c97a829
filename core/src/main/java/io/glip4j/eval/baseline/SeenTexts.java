package io.glip4j.eval.baseline;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.GroundingDataset;
import io.glip4j.model.Task;

/** What a baseline learns from. */
final class SeenTexts {
    private SeenTexts() {}

    /** @throws GlipException {@code BAD_ARGUMENT} if it is of another task, or empty */
    static void require(GroundingDataset seen, Task task) {
        if (seen.task() != task || seen.size() == 0) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    seen.name() + ": wanted samples of " + task + " to learn a baseline from, got " + seen.size()
                            + " of " + seen.task() + "; name the file of the training set");
        }
    }
}
