package io.glip4j.input;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.List;

/**
 * Words to be found in a picture.
 *
 * @param text the caller's words, exactly as written
 * @param spans where they stand in the prompt's text, in code points; several where the words are apart
 */
public record Phrase(String text, List<Span> spans) {
    public Phrase {
        spans = List.copyOf(spans);
        if (text.isBlank() || spans.isEmpty()) {
            throw new GlipException(
                    ErrorCode.BAD_PROMPT, "wanted a phrase with words, got '" + text + "'; write what is to be found");
        }
    }

    public Phrase(String text, Span span) {
        this(text, List.of(span));
    }

    /** From the first of the phrase's words to the last. */
    public Span span() {
        int begin = spans.stream().mapToInt(Span::begin).min().orElseThrow();
        int end = spans.stream().mapToInt(Span::end).max().orElseThrow();
        return new Span(begin, end);
    }
}
