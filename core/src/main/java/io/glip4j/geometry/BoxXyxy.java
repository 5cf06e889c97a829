package io.glip4j.geometry;

/** A box by its corners in pixels, x to the right and y down: left, top, right, bottom. */
public record BoxXyxy(double x1, double y1, double x2, double y2) {
    /** The same box in a picture resized by these ratios. */
    public BoxXyxy scaled(double horizontal, double vertical) {
        return new BoxXyxy(x1 * horizontal, y1 * vertical, x2 * horizontal, y2 * vertical);
    }

    /** Intersection over union with another box, 0..1. */
    public double iou(BoxXyxy other) {
        double width = Math.max(0, Math.min(x2, other.x2) - Math.max(x1, other.x1));
        double height = Math.max(0, Math.min(y2, other.y2) - Math.max(y1, other.y1));
        double union = area() + other.area() - width * height;
        return union > 0 ? width * height / union : 0;
    }

    private double area() {
        return Math.max(0, x2 - x1) * Math.max(0, y2 - y1);
    }
}
