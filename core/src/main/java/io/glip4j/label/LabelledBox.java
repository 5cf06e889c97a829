package io.glip4j.label;

import io.glip4j.geometry.BoxXyxy;
import java.util.Locale;

/**
 * One box a teacher found.
 *
 * @param name class or phrase
 * @param place number of the class, or where the phrase begins in its caption, in code points
 * @param score 0..1
 * @param box in pixels of the picture; right and bottom are its edges (width = x2 - x1)
 */
record LabelledBox(String name, int place, double score, BoxXyxy box) {
    private static final int PIXEL_DIGITS = 2;
    private static final int SCORE_DIGITS = 4;
    private static final double LEAST_SIDE_PIXELS = 1;

    /** The same box cut to a picture of this size. */
    LabelledBox within(int width, int height) {
        BoxXyxy cut = new BoxXyxy(
                Math.max(0, box.x1()), Math.max(0, box.y1()), Math.min(width, box.x2()), Math.min(height, box.y2()));
        return new LabelledBox(name, place, score, cut);
    }

    /** Whether it covers at least a pixel. */
    boolean isVisible() {
        return box.x2() - box.x1() >= LEAST_SIDE_PIXELS && box.y2() - box.y1() >= LEAST_SIDE_PIXELS;
    }

    /** The score as it is written. */
    double writtenScore() {
        return rounded(score, SCORE_DIGITS);
    }

    /** Left, top, right and bottom as they are written. */
    double[] writtenCorners() {
        return new double[] {
            rounded(box.x1(), PIXEL_DIGITS),
            rounded(box.y1(), PIXEL_DIGITS),
            rounded(box.x2(), PIXEL_DIGITS),
            rounded(box.y2(), PIXEL_DIGITS)
        };
    }

    private static double rounded(double value, int digits) {
        return Double.parseDouble(String.format(Locale.ROOT, "%." + digits + "f", value));
    }
}
