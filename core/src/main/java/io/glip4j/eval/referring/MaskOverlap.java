package io.glip4j.eval.referring;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.RunLengthMask;

/** Pixels in both of two masks, and in one or both. */
public record MaskOverlap(long intersection, long union) {

    /**
     * Compares two masks of one size.
     *
     * @throws GlipException {@code BAD_ANNOTATIONS} if the sizes differ
     */
    public static MaskOverlap of(RunLengthMask truth, RunLengthMask prediction) {
        if (!truth.sameSize(prediction)) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS,
                    "wanted a mask of " + truth.height() + " x " + truth.width() + " pixels, got one of "
                            + prediction.height() + " x " + prediction.width());
        }
        long intersection = truth.intersectionArea(prediction);
        return new MaskOverlap(intersection, truth.area() + prediction.area() - intersection);
    }

    /** Intersection over union; 0 where both masks are empty. */
    public double ratio() {
        return intersection == 0 ? 0 : (double) intersection / union;
    }
}
