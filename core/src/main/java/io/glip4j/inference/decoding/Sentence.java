package io.glip4j.inference.decoding;

import java.util.ArrayList;
import java.util.List;

/**
 * Words of a text so far.
 *
 * @param words without start and end
 * @param logProbability of the words and, where it ended, the end; natural logarithm
 * @param ended false where it goes on or was cut
 */
public record Sentence(List<Integer> words, double logProbability, boolean ended) {
    static final Sentence EMPTY = new Sentence(List.of(), 0, false);

    public Sentence {
        words = List.copyOf(words);
    }

    Sentence with(int word, double logProbabilityOfWord) {
        List<Integer> longer = new ArrayList<>(words);
        longer.add(word);
        return new Sentence(longer, logProbability + logProbabilityOfWord, false);
    }

    Sentence ended(double logProbabilityOfEnd) {
        return new Sentence(words, logProbability + logProbabilityOfEnd, true);
    }

    /**
     * What sentences of different lengths are compared by: the log-probability divided by the length, end included, to
     * the power of {@code lengthPenalty}.
     */
    double score(double lengthPenalty) {
        return logProbability / Math.pow(words.size() + (ended ? 1 : 0), lengthPenalty);
    }
}
