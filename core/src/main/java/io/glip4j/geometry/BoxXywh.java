package io.glip4j.geometry;

/**
 * A box by its left top corner and its extent in pixels, the format of COCO files; sizes may be zero or, in hostile
 * files, negative.
 */
public record BoxXywh(double x, double y, double width, double height) {
    public static final BoxXywh EMPTY = new BoxXywh(0, 0, 0, 0);

    /** Width times height; the product is positive when both are negative, as in the official tools. */
    public double area() {
        return width * height;
    }

    public BoxXyxy toXyxy() {
        return new BoxXyxy(x, y, x + width, y + height);
    }

    /**
     * Intersection over union, as COCO counts it: without the +1 of older tools, 0 for boxes that only touch.
     *
     * @param crowd whether {@code truth} surrounds many objects: then the intersection is divided by this box's area
     */
    public double overlap(BoxXywh truth, boolean crowd) {
        double across = Math.min(width + x, truth.width + truth.x) - Math.max(x, truth.x);
        if (!(across > 0)) {
            return 0;
        }
        double down = Math.min(height + y, truth.height + truth.y) - Math.max(y, truth.y);
        if (!(down > 0)) {
            return 0;
        }
        double intersection = across * down;
        double union = crowd ? area() : area() + truth.area() - intersection;
        return intersection / union;
    }
}
