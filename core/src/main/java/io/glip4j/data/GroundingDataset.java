package io.glip4j.data;

import io.glip4j.input.ImageSize;
import io.glip4j.model.Task;

/** Pictures with what is named in them or said of them, by number; reading one is safe from many threads. */
public interface GroundingDataset {
    /** Short name for messages and for keeping the classes of data sets apart. */
    String name();

    /** Number of samples. */
    int size();

    /** Sample {@code index} of 0..size-1; the picture itself is not decoded yet. */
    GroundingSample sample(int index);

    /** Size of the sample's picture as it was annotated: quicker than the sample where that has to be read first. */
    default ImageSize pictureSize(int index) {
        GroundingSample sample = sample(index);
        return new ImageSize(sample.width(), sample.height());
    }

    /** Whether samples have captions that are quick to read, so that other samples' prompts can be packed with them. */
    default boolean lendsCaptions() {
        return false;
    }

    /** What is learned from its samples. */
    default Task task() {
        return Task.GROUND;
    }
}
