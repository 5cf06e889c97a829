package io.glip4j.data.scene;

import io.glip4j.data.Caption;
import io.glip4j.input.Span;
import io.glip4j.input.SpannedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A text put together piece by piece that remembers which pieces name which objects. */
final class PhraseText {
    private final SpannedText text = new SpannedText();
    private final Map<Integer, List<Span>> spans = new LinkedHashMap<>();

    PhraseText add(String words) {
        text.add(words);
        return this;
    }

    /** Adds words that name these objects. */
    PhraseText add(String words, List<Integer> objects) {
        Span span = text.phrase(words);
        objects.forEach(object ->
                spans.computeIfAbsent(object, number -> new ArrayList<>()).add(span));
        return this;
    }

    /** The objects named so far, in the order of their first mention. */
    List<Integer> objects() {
        return List.copyOf(spans.keySet());
    }

    /** The text with the phrases of {@link #objects()}, in that order. */
    Caption caption() {
        return new Caption(text.toString(), List.copyOf(spans.values()));
    }
}
