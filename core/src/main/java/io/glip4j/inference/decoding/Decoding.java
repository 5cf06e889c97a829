package io.glip4j.inference.decoding;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;

/** How a sentence is chosen, word by word, from the probabilities of next words. */
public sealed interface Decoding permits Decoding.Greedy, Decoding.Beam, Decoding.Nucleus {
    /** The most probable word each time. */
    record Greedy() implements Decoding {
        @Override
        public int texts() {
            return 1;
        }

        @Override
        public Sentence decode(NextWords model, int maxWords) {
            return new WordByWord(WordByWord::likeliest).decode(model, maxWords);
        }
    }

    /**
     * The best sentence that keeping the {@code beams} best beginnings finds.
     *
     * @param lengthPenalty sentences are compared by log-probability / length ^ lengthPenalty: 0 likes short ones, 1
     *     compares words on average, more likes long ones
     */
    record Beam(int beams, double lengthPenalty) implements Decoding {
        private static final int MOST = 64;

        public Beam {
            check(beams >= 1 && beams <= MOST, "1 to " + MOST + " beams", beams);
            check(Double.isFinite(lengthPenalty), "a finite length penalty", lengthPenalty);
        }

        @Override
        public int texts() {
            return beams;
        }

        @Override
        public Sentence decode(NextWords model, int maxWords) {
            return new BeamSearch(beams, lengthPenalty).decode(model, maxWords);
        }
    }

    /**
     * A word drawn each time from the most probable ones that together have the probability {@code share} (Holtzman et
     * al. 2020).
     *
     * @param share (0, 1]
     * @param temperature log-probabilities are divided by it: below 1 nearer to greedy, above 1 more varied
     * @param seed the same seed draws the same sentence
     */
    record Nucleus(double share, double temperature, long seed) implements Decoding {
        public Nucleus {
            check(share > 0 && share <= 1, "a share in (0, 1]", share);
            check(temperature > 0 && Double.isFinite(temperature), "a temperature above 0", temperature);
        }

        @Override
        public int texts() {
            return 1;
        }

        @Override
        public Sentence decode(NextWords model, int maxWords) {
            return new WordByWord(new NucleusDraw(share, temperature, seed)).decode(model, maxWords);
        }
    }

    /** Texts that are at work at once. */
    int texts();

    /**
     * Decodes a sentence of at least one word.
     *
     * @param model fresh, with as many texts as {@link #texts} says
     * @param maxWords where a sentence that has not ended is cut
     */
    Sentence decode(NextWords model, int maxWords);

    private static void check(boolean holds, String wanted, double got) {
        if (!holds) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "decoding: wanted " + wanted + ", got " + got);
        }
    }
}
