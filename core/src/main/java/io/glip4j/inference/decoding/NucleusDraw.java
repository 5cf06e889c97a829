package io.glip4j.inference.decoding;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/** Draws a word from the most probable ones that together have a share of the probability. */
final class NucleusDraw implements ToIntFunction<float[]> {
    private static final int INDEX_BITS = 32;

    private final double share;
    private final double temperature;
    private final SplittableRandom random;

    NucleusDraw(double share, double temperature, long seed) {
        this.share = share;
        this.temperature = temperature;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public int applyAsInt(float[] logs) {
        double best = logs[WordByWord.likeliest(logs)];
        double[] weights = new double[logs.length];
        double total = 0;
        for (int word = 0; word < logs.length; word++) {
            weights[word] = Math.exp((logs[word] - best) / temperature);
            total += weights[word];
        }
        int[] order = likeliestFirst(logs);
        int kept = 0;
        double sum = 0;
        while (kept == 0 || (kept < order.length && sum < share * total)) {
            sum += weights[order[kept++]];
        }
        double left = random.nextDouble() * sum;
        int drawn = 0;
        while (drawn < kept - 1 && left >= weights[order[drawn]]) {
            left -= weights[order[drawn++]];
        }
        return order[drawn];
    }

    /** Words by falling probability; log-probabilities are not above 0, so that their bits as integers rise as they fall. */
    private static int[] likeliestFirst(float[] logs) {
        long[] keys = new long[logs.length];
        for (int word = 0; word < logs.length; word++) {
            long falling = Float.floatToRawIntBits(Math.min(logs[word], 0f)) & Integer.MAX_VALUE;
            keys[word] = falling << INDEX_BITS | word;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }
}
