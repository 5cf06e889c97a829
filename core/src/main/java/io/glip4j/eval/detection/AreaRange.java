package io.glip4j.eval.detection;

/** The sizes that COCO and LVIS report apart, in square pixels; both bounds belong to the range. */
public enum AreaRange {
    ALL(0, "all", 0, 1e10),
    SMALL(1, "small", 0, 32 * 32),
    MEDIUM(2, "medium", 32 * 32, 96 * 96),
    LARGE(3, "large", 96 * 96, 1e10);

    private final int position;
    private final String label;
    private final double smallest;
    private final double largest;

    AreaRange(int position, String label, double smallest, double largest) {
        this.position = position;
        this.label = label;
        this.smallest = smallest;
        this.largest = largest;
    }

    public String label() {
        return label;
    }

    /** Place in the order all, small, medium, large, from 0. */
    int position() {
        return position;
    }

    /** Whether an area is outside; NaN is not. */
    boolean excludes(double area) {
        return area < smallest || area > largest;
    }
}
