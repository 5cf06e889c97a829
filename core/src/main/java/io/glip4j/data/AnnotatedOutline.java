package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.Polygons;
import io.glip4j.geometry.RunLengthMask;
import io.glip4j.geometry.Segmentation;

/** Outlines as people annotate them, held against their picture. */
final class AnnotatedOutline {
    private AnnotatedOutline() {}

    /**
     * The outline itself.
     *
     * @throws GlipException {@code BAD_ANNOTATIONS} if it is a mask of another size than its picture, or a polygon reaches
     *     out of it by more than its own size
     */
    static Segmentation checked(Segmentation outline, int width, int height) {
        if (outline instanceof RunLengthMask mask && (mask.width() != width || mask.height() != height)) {
            throw bad("wanted a mask of its picture's size, height x width " + height + " x " + width + ", got "
                    + mask.height() + " x " + mask.width());
        }
        if (outline instanceof Polygons polygons) {
            for (int part = 0; part < polygons.size(); part++) {
                requireNear(polygons.part(part), width, height);
            }
        }
        return outline;
    }

    private static void requireNear(double[] polygon, int width, int height) {
        for (int i = 0; i + 1 < polygon.length; i += 2) {
            double x = polygon[i];
            double y = polygon[i + 1];
            if (x < -width || x > 2.0 * width || y < -height || y > 2.0 * height) {
                throw bad("wanted a polygon on its picture of " + width + " x " + height + ", got the corner " + x
                        + ", " + y);
            }
        }
    }

    private static GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, message);
    }
}
