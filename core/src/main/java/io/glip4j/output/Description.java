package io.glip4j.output;

/**
 * What a network says of a picture.
 *
 * @param text in the words of its tokenizer
 * @param logProbability of the text, natural logarithm
 * @param ended false where it was cut at the most words asked for
 * @param grounding where the things are that the text names; their spans count in the text
 */
public record Description(String text, double logProbability, boolean ended, Grounding grounding) {}
