package io.glip4j.geometry;

import java.util.List;

/**
 * The boxes that predictions are made against: one square per location of every pyramid level, 8 strides wide, level
 * by level, row by row. The first of the finest level is (-28, -28, 35, 35), 64 pixels a side with the legacy +1.
 */
public final class Anchors {
    private static final int BOX = 4;
    private static final int FINEST_STRIDE = 8;
    private static final int FINEST_FROM = -28;
    private static final int FINEST_SIZE = 64;

    private final List<LevelSize> levels;
    private final float[] xyxy;

    /** Locations of one level. */
    public record LevelSize(int height, int width) {
        public int locations() {
            return Math.multiplyExact(height, width);
        }
    }

    /** The anchors of a pyramid, finest level first. */
    public Anchors(List<LevelSize> levels) {
        this.levels = List.copyOf(levels);
        this.xyxy = new float
                [BOX * this.levels.stream().mapToInt(LevelSize::locations).sum()];
        int at = 0;
        for (int level = 0; level < this.levels.size(); level++) {
            LevelSize size = this.levels.get(level);
            int stride = FINEST_STRIDE << level;
            float from = FINEST_FROM << level;
            float side = (FINEST_SIZE << level) - 1f;
            for (int y = 0; y < size.height(); y++) {
                for (int x = 0; x < size.width(); x++) {
                    xyxy[at++] = from + stride * x;
                    xyxy[at++] = from + stride * y;
                    xyxy[at++] = from + stride * x + side;
                    xyxy[at++] = from + stride * y + side;
                }
            }
        }
    }

    public List<LevelSize> levels() {
        return levels;
    }

    /** How many there are over all levels. */
    public int count() {
        return xyxy.length / BOX;
    }

    /** Index of a level's first anchor; for the level after the last, {@link #count()}. */
    public int first(int level) {
        return levels.subList(0, level).stream().mapToInt(LevelSize::locations).sum();
    }

    /** {@link #count()} x 4, not a copy: to read only. */
    public float[] xyxy() {
        return xyxy;
    }
}
