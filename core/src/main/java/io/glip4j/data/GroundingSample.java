package io.glip4j.data;

import io.glip4j.geometry.BoxXyxy;
import io.glip4j.geometry.Segmentation;
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
 * @param outlines of the things in the boxes, in pixels of the picture: of all of them, or none where they are not known
 */
public record GroundingSample(
        String dataset,
        PictureSource picture,
        int width,
        int height,
        List<BoxXyxy> boxes,
        SampleText text,
        List<Segmentation> outlines) {
    public GroundingSample {
        boxes = List.copyOf(boxes);
        outlines = List.copyOf(outlines);
        if (!outlines.isEmpty() && outlines.size() != boxes.size()) {
            throw new IllegalArgumentException(
                    "wanted outlines of none or all of " + boxes.size() + " boxes, got " + outlines.size());
        }
        if (boxes.size() != text.boxes()) {
            throw new IllegalArgumentException("wanted words for " + boxes.size() + " boxes, got " + text.boxes());
        }
    }

    /** Without outlines. */
    public GroundingSample(
            String dataset, PictureSource picture, int width, int height, List<BoxXyxy> boxes, SampleText text) {
        this(dataset, picture, width, height, boxes, text, List.of());
    }
}
