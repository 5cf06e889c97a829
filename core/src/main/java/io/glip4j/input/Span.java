package io.glip4j.input;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;

/**
 * Part of a text, in Unicode code points (not UTF-16 units), so that the numbers mean the same in every language.
 *
 * @param begin first code point
 * @param end one past the last
 */
public record Span(int begin, int end) {
    public Span {
        if (begin < 0 || end < begin) {
            throw new GlipException(
                    ErrorCode.BAD_PROMPT, "wanted a span with 0 <= begin <= end, got [" + begin + ", " + end + ")");
        }
    }

    /** The text under this span; {@code text} must reach that far. */
    public String in(String text) {
        int from = text.offsetByCodePoints(0, begin);
        return text.substring(from, text.offsetByCodePoints(from, end - begin));
    }
}
