package io.glip4j.data;

import io.glip4j.model.Task;

/** Pictures with what is named in them or said of them, by number; reading one is safe from many threads. */
public interface GroundingDataset {
    /** Short name for messages and for keeping the classes of data sets apart. */
    String name();

    /** Number of samples. */
    int size();

    /** Sample {@code index} of 0..size-1; the picture itself is not decoded yet. */
    GroundingSample sample(int index);

    /** What is learned from its samples. */
    default Task task() {
        return Task.GROUND;
    }
}
