package io.glip4j.data;

import io.glip4j.geometry.BoxXyxy;
import java.util.List;

/**
 * A picture, the boxes in it and the words for them.
 *
 * @param dataset name of the data set it is from
 * @param picture where its pixels come from
 * @param width pixels, of the picture as it was annotated
 * @param height pixels
 * @param boxes in pixels of the picture; right and bottom are the last pixel inside, as the network's box coding
 *     counts (width = x2 - x1 + 1)
 */
public record GroundingSample(
        String dataset, PictureSource picture, int width, int height, List<BoxXyxy> boxes, SampleText text) {
    public GroundingSample {
        boxes = List.copyOf(boxes);
        if (boxes.size() != text.boxes()) {
            throw new IllegalArgumentException("wanted words for " + boxes.size() + " boxes, got " + text.boxes());
        }
    }
}
