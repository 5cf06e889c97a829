package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.BoxXywh;
import io.glip4j.geometry.BoxXyxy;

/** Boxes as people annotate them, held against their picture. */
public final class AnnotatedBox {
    private static final double TOLERANCE_PIXELS = 1;

    private AnnotatedBox() {}

    /**
     * The box within its picture; where it reaches out by a pixel or less, that is cut off.
     *
     * @param picture what errors call it
     * @throws GlipException {@code BAD_ANNOTATIONS} if it has no extent or lies elsewhere
     */
    public static BoxXywh inside(BoxXywh box, String picture, int width, int height) {
        double x2 = box.x() + box.width();
        double y2 = box.y() + box.height();
        if (!(box.width() > 0 && box.height() > 0)) {
            throw bad("wanted a bbox [x, y, width, height] of positive size, got " + text(box));
        }
        boolean inside = box.x() >= -TOLERANCE_PIXELS
                && box.y() >= -TOLERANCE_PIXELS
                && x2 <= width + TOLERANCE_PIXELS
                && y2 <= height + TOLERANCE_PIXELS;
        double left = Math.max(0, box.x());
        double top = Math.max(0, box.y());
        double right = Math.min(width, x2);
        double bottom = Math.min(height, y2);
        if (!inside || right <= left || bottom <= top) {
            throw bad("wanted a bbox inside " + picture + " (" + width + " x " + height
                    + "), got [x, y, width, height] " + text(box));
        }
        return new BoxXywh(left, top, right - left, bottom - top);
    }

    private static String text(BoxXywh box) {
        return "[" + box.x() + ", " + box.y() + ", " + box.width() + ", " + box.height() + "]";
    }

    private static GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, message);
    }

    /** The box with its last pixel inside as right and bottom, as the network's box coding counts. */
    public static BoxXyxy lastPixelInside(BoxXywh box) {
        return new BoxXyxy(
                box.x(), box.y(), box.x() + Math.max(box.width() - 1, 0), box.y() + Math.max(box.height() - 1, 0));
    }
}
