package io.glip4j.input;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.Optional;

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

    /** The span from one UTF-16 index of {@code text} to another. */
    static Span ofChars(String text, int begin, int end) {
        int first = text.codePointCount(0, begin);
        return new Span(first, first + text.codePointCount(begin, end));
    }

    /** The code points {@code [begin, end)} without white space around them; empty if nothing is left. */
    static Optional<Span> trimmed(int[] codePoints, int begin, int end) {
        int first = begin;
        int last = end;
        while (first < last && Character.isWhitespace(codePoints[first])) {
            first++;
        }
        while (last > first && Character.isWhitespace(codePoints[last - 1])) {
            last--;
        }
        return first < last ? Optional.of(new Span(first, last)) : Optional.empty();
    }

    Span movedBy(int codePoints) {
        return new Span(begin + codePoints, end + codePoints);
    }

    boolean contains(Span other) {
        return begin <= other.begin && other.end <= end;
    }
}
