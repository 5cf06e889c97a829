package io.glip4j.output;

import io.glip4j.geometry.BoxXyxy;
import java.util.List;

/**
 * A box that a phrase was found in.
 *
 * @param phrase the number of the phrase
 * @param score 0..1
 * @param box in pixels
 * @param tokenScores 0..1 for each token of the phrase, before centerness
 */
public record ScoredBox(int phrase, double score, BoxXyxy box, List<Double> tokenScores) {
    public ScoredBox {
        tokenScores = List.copyOf(tokenScores);
    }

    /** The same in a picture resized by these ratios: from the resized picture back to the original. */
    public ScoredBox scaled(double horizontal, double vertical) {
        return new ScoredBox(phrase, score, box.scaled(horizontal, vertical), tokenScores);
    }
}
