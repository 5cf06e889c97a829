package io.glip4j.geometry;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Greedy suppression: of boxes of one class that overlap too much, the best stays. */
public final class NonMaximumSuppression {
    private static final int BOX = 4;

    private NonMaximumSuppression() {}

    /**
     * The boxes that stay, best first; of equal scores the earlier wins.
     *
     * @param boxesXyxy N x 4
     * @param scores N
     * @param labels N; boxes of different classes do not meet
     * @param iou a box goes if its overlap with a better one (legacy +1) is more than this; equal stays
     */
    public static int[] keep(float[] boxesXyxy, float[] scores, int[] labels, double iou) {
        if (boxesXyxy.length != BOX * scores.length || labels.length != scores.length) {
            throw new IllegalArgumentException("wanted as many boxes and labels as scores (" + scores.length + "), got "
                    + boxesXyxy.length / BOX + " and " + labels.length);
        }
        float threshold = (float) iou;
        Map<Integer, Kept> byLabel = new HashMap<>();
        int[] kept = new int[scores.length];
        int count = 0;
        for (int index : DescendingOrder.of(scores)) {
            Kept better = byLabel.computeIfAbsent(labels[index], label -> new Kept());
            if (!better.overlap(boxesXyxy, index, threshold)) {
                better.add(index);
                kept[count++] = index;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** The boxes of one class that stay so far. */
    private static final class Kept {
        private int[] indices = new int[8];
        private int count;

        boolean overlap(float[] boxesXyxy, int index, float threshold) {
            for (int i = 0; i < count; i++) {
                if (BoxOverlap.legacyIou(boxesXyxy, indices[i], boxesXyxy, index) > threshold) {
                    return true;
                }
            }
            return false;
        }

        void add(int index) {
            if (count == indices.length) {
                indices = Arrays.copyOf(indices, 2 * count);
            }
            indices[count++] = index;
        }
    }
}
