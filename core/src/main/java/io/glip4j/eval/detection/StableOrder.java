package io.glip4j.eval.detection;

/** Stable sorting of scores, the best first and NaN last, as the official tools do. */
final class StableOrder {
    private StableOrder() {}

    /** Positions 0..count-1 by falling score; equal scores keep their order. */
    static int[] descending(double[] scores, int count) {
        long[] keys = new long[count];
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            keys[i] = ascendingKey(scores[i]);
            order[i] = i;
        }
        int[] from = order;
        int[] to = new int[count];
        for (int width = 1; width < count; width *= 2) {
            for (int left = 0; left < count; left += 2 * width) {
                merge(keys, from, to, left, Math.min(left + width, count), Math.min(left + 2 * width, count));
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    /** A long that sorts as the negated score does; -0 equals 0 and every NaN comes last. */
    private static long ascendingKey(double score) {
        long bits = Double.doubleToLongBits(-score + 0.0);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    private static void merge(long[] keys, int[] from, int[] to, int left, int middle, int right) {
        int a = left;
        int b = middle;
        for (int i = left; i < right; i++) {
            boolean takeA = a < middle && (b >= right || keys[from[a]] <= keys[from[b]]);
            to[i] = takeA ? from[a++] : from[b++];
        }
    }
}
