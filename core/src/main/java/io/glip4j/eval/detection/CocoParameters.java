package io.glip4j.eval.detection;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a COCO evaluation is done.
 *
 * @param maxDetections limits of detections per picture and category (per picture without categories), ascending
 * @param useCategories false: all categories are one
 * @param images only these pictures, if present
 * @param categories only these categories, if present
 */
public record CocoParameters(
        OverlapKind kind,
        List<Integer> maxDetections,
        boolean useCategories,
        Optional<Set<Long>> images,
        Optional<Set<Long>> categories) {
    private static final List<Integer> OFFICIAL_LIMITS = List.of(1, 10, 100);

    public CocoParameters {
        maxDetections = List.copyOf(new TreeSet<>(maxDetections));
        if (maxDetections.isEmpty() || maxDetections.get(0) < 1) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "wanted limits of detections of at least 1, got " + maxDetections);
        }
        images = images.map(Set::copyOf);
        categories = categories.map(Set::copyOf);
    }

    /** The official rule: limits 1, 10 and 100, all pictures and categories. */
    public static CocoParameters official(OverlapKind kind) {
        return new CocoParameters(kind, OFFICIAL_LIMITS, true, Optional.empty(), Optional.empty());
    }

    public CocoParameters withMaxDetections(List<Integer> limits) {
        return new CocoParameters(kind, limits, useCategories, images, categories);
    }

    public CocoParameters withUseCategories(boolean use) {
        return new CocoParameters(kind, maxDetections, use, images, categories);
    }

    public CocoParameters withImages(Set<Long> ids) {
        return new CocoParameters(kind, maxDetections, useCategories, Optional.of(ids), categories);
    }

    public CocoParameters withCategories(Set<Long> ids) {
        return new CocoParameters(kind, maxDetections, useCategories, images, Optional.of(ids));
    }
}
