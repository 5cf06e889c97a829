package io.glip4j.geometry;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Sorting by score, the best first; equal scores stay in the order they came. */
public final class DescendingOrder {
    private static final long LOW_32_BITS = 0xFFFF_FFFFL;
    private static final int INDEX_BITS = 31;
    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;

    private DescendingOrder() {}

    /** Indices of {@code scores}, none of them NaN, from the highest score to the lowest. */
    public static int[] of(float[] scores) {
        long[] keys = IntStream.range(0, scores.length)
                .mapToLong(index -> (LOW_32_BITS - rank(scores[index])) << INDEX_BITS | index)
                .toArray();
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) (key & INDEX_MASK)).toArray();
    }

    /** An unsigned 32-bit number that grows with the score. */
    private static long rank(float score) {
        int bits = Float.floatToIntBits(score);
        return (bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE) & LOW_32_BITS;
    }
}
