package io.glip4j.data.scene;

import java.util.Locale;

/** Which scenes: those to train on, or a test of something that training never showed. */
public enum SceneSplit {
    /** Neither held-out styles, nor held-out names, nor held-out pairs of name and colour. */
    TRAIN(0),
    /** Names of training drawn in held-out styles. */
    UNSEEN_STYLES(1),
    /** Held-out names drawn in styles of training. */
    UNSEEN_NAMES(2),
    /** Names, styles and colours of training in held-out pairs of name and colour. */
    UNSEEN_COMBINATIONS(3);

    private final int seed;

    SceneSplit(int seed) {
        this.seed = seed;
    }

    /** Part of the seed of its scenes. */
    int seed() {
        return seed;
    }

    /** As it is called on the command line: "unseen-names". */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
