package io.glip4j.text;

import java.util.Collections;
import java.util.List;

/** Python's {@code random.Random(seed)}: the Mersenne Twister, so that splits made there can be made here. */
public final class PythonRandom {
    private static final int SIZE = 624;
    private static final int MIDDLE = 397;
    private static final int TWIST = 0x9908b0df;
    private static final int HIGHEST_BIT = 0x80000000;

    private final int[] state = new int[SIZE];
    private int next = SIZE;

    /**
     * Seeds as Python seeds with a whole number.
     *
     * @param seed 0 to 2^32-1
     */
    public PythonRandom(long seed) {
        int[] key = {(int) seed};
        state[0] = 19650218;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1812433253 * mixed(i) + i;
        }
        int i = 1;
        for (int k = 0; k < SIZE; k++) {
            state[i] = (state[i] ^ (mixed(i) * 1664525)) + key[0];
            i = step(i);
        }
        for (int k = 0; k < SIZE - 1; k++) {
            state[i] = (state[i] ^ (mixed(i) * 1566083941)) - i;
            i = step(i);
        }
        state[0] = HIGHEST_BIT;
    }

    private int mixed(int i) {
        return state[i - 1] ^ (state[i - 1] >>> 30);
    }

    private int step(int i) {
        if (i + 1 < SIZE) {
            return i + 1;
        }
        state[0] = state[SIZE - 1];
        return 1;
    }

    private int nextInt() {
        if (next == SIZE) {
            for (int i = 0; i < SIZE; i++) {
                int y = (state[i] & HIGHEST_BIT) | (state[(i + 1) % SIZE] & ~HIGHEST_BIT);
                state[i] = state[(i + MIDDLE) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : TWIST);
            }
            next = 0;
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    /** A whole number below a bound, by taking as many bits as the bound has until one fits. */
    private int below(int bound) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(bound);
        int value = nextInt() >>> (Integer.SIZE - bits);
        while (value >= bound) {
            value = nextInt() >>> (Integer.SIZE - bits);
        }
        return value;
    }

    /** {@code random.shuffle}. */
    public void shuffle(List<?> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, below(i + 1));
        }
    }
}
