package io.glip4j.eval.detection;

import io.glip4j.geometry.BoxXywh;
import io.glip4j.geometry.Segmentation;
import java.util.Optional;

/**
 * One annotated object.
 *
 * @param area the file's field {@code area} in square pixels, which decides small, medium and large
 * @param crowd whether it surrounds many objects that are not annotated one by one
 * @param ignored LVIS: whether the file says to ignore it; COCO's rules do not look at that
 * @param segmentation present if masks were asked for
 */
public record TruthObject(
        long id,
        long imageId,
        long categoryId,
        BoxXywh box,
        double area,
        boolean crowd,
        boolean ignored,
        Optional<Segmentation> segmentation) {}
