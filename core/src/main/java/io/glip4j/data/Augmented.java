package io.glip4j.data;

import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.Picture;
import java.util.List;

/**
 * A picture after augmentation and the boxes still seen in it.
 *
 * @param boxes in pixels of this picture, last pixel inside
 * @param kept for each of them its number among the sample's boxes
 * @param placement from the sample's picture to this one
 */
public record Augmented(Picture picture, List<BoxXyxy> boxes, List<Integer> kept, Placement placement) {
    public Augmented {
        boxes = List.copyOf(boxes);
        kept = List.copyOf(kept);
    }
}
