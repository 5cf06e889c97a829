package io.glip4j.geometry;

/** A box by its corners in pixels, x to the right and y down: left, top, right, bottom. */
public record BoxXyxy(double x1, double y1, double x2, double y2) {
    /** The same box in a picture resized by these ratios. */
    public BoxXyxy scaled(double horizontal, double vertical) {
        return new BoxXyxy(x1 * horizontal, y1 * vertical, x2 * horizontal, y2 * vertical);
    }
}
