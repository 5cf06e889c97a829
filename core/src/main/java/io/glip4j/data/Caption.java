package io.glip4j.data;

import io.glip4j.input.Span;
import java.util.List;

/**
 * The words of a grounding sample.
 *
 * @param phrases for each box the parts of the text that name it
 */
public record Caption(String text, List<List<Span>> phrases) implements SampleText {
    public Caption {
        phrases = phrases.stream().map(List::copyOf).toList();
    }

    @Override
    public Caption only(List<Integer> kept) {
        return new Caption(text, kept.stream().map(phrases::get).toList());
    }

    @Override
    public int boxes() {
        return phrases.size();
    }

    @Override
    public String described() {
        StringBuilder described = new StringBuilder(text);
        for (List<Span> ofBox : phrases) {
            described.append('|');
            ofBox.forEach(span -> described
                    .append(span.begin())
                    .append('-')
                    .append(span.end())
                    .append(' '));
        }
        return described.toString();
    }
}
