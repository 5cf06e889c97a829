package io.glip4j.data;

import io.glip4j.geometry.Segmentation;
import java.util.Optional;

/**
 * One object of a COCO file; the box is x, y, width, height in pixels, inside its picture.
 *
 * @param crowd whether the box surrounds many objects, which are not annotated one by one
 * @param outline as it was read, where the data set was opened with outlines
 */
public record CocoAnnotation(
        long id,
        long imageId,
        long categoryId,
        double x,
        double y,
        double width,
        double height,
        boolean crowd,
        Optional<Segmentation> outline) {}
