package io.glip4j.data;

import java.util.SplittableRandom;

/**
 * Seeds that follow from what they are for: the same (seed, epoch, index) draws the same numbers on any thread and in
 * any order, so that a run resumed in its middle goes on as if it had never stopped.
 */
public final class Seeds {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /** One seed of several numbers; their order matters. */
    public static long mix(long... parts) {
        long mixed = 0;
        for (long part : parts) {
            mixed = scramble(mixed + GOLDEN_GAMMA + scramble(part));
        }
        return mixed;
    }

    /** A generator of its own for these numbers. */
    public static SplittableRandom random(long... parts) {
        return new SplittableRandom(mix(parts));
    }

    /** A random order of 0..count-1 (Fisher and Yates). */
    public static int[] permutation(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
    private static long scramble(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
