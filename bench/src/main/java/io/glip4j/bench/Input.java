package io.glip4j.bench;

/**
 * What every contender gets.
 *
 * @param height of the padded picture, pixels
 * @param width of the padded picture, pixels
 * @param tokens of the prompt
 * @param threads of one operator
 */
record Input(long height, long width, int tokens, int threads) {}
