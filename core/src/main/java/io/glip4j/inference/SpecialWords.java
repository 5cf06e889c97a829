package io.glip4j.inference;

import io.glip4j.input.Tokenizer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tokens that stand for no text.
 *
 * @param start of every text
 * @param end of every text
 * @param others such as padding, masks and the unknown word: no text has them
 */
record SpecialWords(int start, int end, Set<Integer> others) {
    static SpecialWords of(Tokenizer tokenizer) {
        List<Integer> empty = tokenizer.encode("").ids();
        int end = empty.get(empty.size() - 1);
        Set<Integer> others = new TreeSet<>(tokenizer.specialTokens());
        others.remove(end);
        return new SpecialWords(empty.get(0), end, Set.copyOf(others));
    }

    /** Log-probabilities in which no other special word follows; changed in place. */
    float[] withoutOthers(float[] logs) {
        others.stream().filter(word -> word < logs.length).forEach(word -> logs[word] = Float.NEGATIVE_INFINITY);
        return logs;
    }
}
