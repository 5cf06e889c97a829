package io.glip4j.output;

import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.Span;
import java.util.List;

/**
 * One thing found.
 *
 * @param phrase the caller's words for it, exactly as written
 * @param span where the phrase stands in the prompt
 * @param score 0..1
 * @param box in pixels of the original picture
 * @param tokenScores 0..1 for each token of the phrase, before centerness
 */
public record Detection(String phrase, Span span, double score, BoxXyxy box, List<Double> tokenScores) {
    public Detection {
        tokenScores = List.copyOf(tokenScores);
    }
}
