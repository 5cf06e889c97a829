package io.glip4j.data;

import io.glip4j.input.Span;
import java.util.Map;

/**
 * A prompt made of class names.
 *
 * @param caption the text, and for each box where its class stands in it
 * @param spans where each class that the prompt names stands, by label, present or not in the picture
 */
public record DetectionPrompt(Caption caption, Map<Integer, Span> spans) {
    public DetectionPrompt {
        spans = Map.copyOf(spans);
    }
}
