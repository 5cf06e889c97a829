package io.glip4j.eval.detection;

/** The sizes that COCO and LVIS report apart, in square pixels; both bounds belong to the range. */
public enum AreaRange {
    ALL("all", 0, 1e10),
    SMALL("small", 0, 32 * 32),
    MEDIUM("medium", 32 * 32, 96 * 96),
    LARGE("large", 96 * 96, 1e10);

    private final String label;
    private final double smallest;
    private final double largest;

    AreaRange(String label, double smallest, double largest) {
        this.label = label;
        this.smallest = smallest;
        this.largest = largest;
    }

    public String label() {
        return label;
    }

    /** Whether an area is outside; NaN is not. */
    boolean excludes(double area) {
        return area < smallest || area > largest;
    }
}
