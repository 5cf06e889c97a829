package io.glip4j.bench;

/**
 * What every contender gets.
 *
 * @param pictures in one pass
 * @param height of the padded picture, pixels
 * @param width of the padded picture, pixels
 * @param tokens of the prompt
 * @param threads of one operator
 */
record Input(int pictures, long height, long width, int tokens, int threads) {
    Input(long height, long width, int tokens, int threads) {
        this(1, height, width, tokens, threads);
    }
}
