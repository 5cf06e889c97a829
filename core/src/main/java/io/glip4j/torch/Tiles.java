package io.glip4j.torch;

/**
 * Walks through the rows of a matrix in tiles whose intermediate values stay in the processor's cache and in memory
 * that is used again: fresh memory costs more than most operators on it.
 */
public final class Tiles {
    /** Values that one row-wise step may have at a time: 2 MB as float32. */
    private static final long VALUES = 1L << 19;

    private static final long FEWEST_ROWS = 256;

    private Tiles() {}

    /** Work on {@code count} rows from {@code first}. */
    @FunctionalInterface
    public interface Tile {
        void run(long first, long count);
    }

    /**
     * Does 0 up to {@code rows}, in order, each tile in a scope of its own.
     *
     * @param width most values of a row that a step makes
     */
    public static void of(long rows, long width, Tile work) {
        long most = Math.max(FEWEST_ROWS, VALUES / width);
        for (long first = 0; first < rows; first += most) {
            try (TensorScope scope = TensorScope.open()) {
                work.run(first, Math.min(most, rows - first));
            }
        }
    }
}
