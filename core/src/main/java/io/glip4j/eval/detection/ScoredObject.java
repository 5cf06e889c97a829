package io.glip4j.eval.detection;

import io.glip4j.geometry.BoxXywh;
import io.glip4j.geometry.Segmentation;
import java.util.Optional;

/**
 * One detection of a results file.
 *
 * @param area in square pixels, which decides small, medium and large where it matches nothing
 * @param segmentation the mask; where there is none and masks are compared, the box is taken as mask
 */
public record ScoredObject(
        long imageId, long categoryId, BoxXywh box, double area, double score, Optional<Segmentation> segmentation) {

    /** A detected box; its area is width times height. */
    public static ScoredObject ofBox(long imageId, long categoryId, BoxXywh box, double score) {
        return new ScoredObject(imageId, categoryId, box, box.area(), score, Optional.empty());
    }
}
