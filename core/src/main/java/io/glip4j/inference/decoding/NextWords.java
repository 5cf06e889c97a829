package io.glip4j.inference.decoding;

/** A language model at work on a number of texts at once, which is the same at every call. */
public interface NextWords {
    /** How many texts. */
    int texts();

    /** The word that no text has but at its beginning. */
    int start();

    /** The word that ends a text. */
    int end();

    /**
     * Adds a word to each text and says what may follow.
     *
     * @param from text {@code i} becomes what text {@code from[i]} was, at the first call nothing
     * @param words and then this word
     * @return for each text the logarithm of every word's probability; negative infinity at words that never follow
     */
    float[][] after(int[] from, int[] words);
}
