package io.glip4j.input;

/** A text put together piece by piece that tells where its phrases stand, in code points. */
public final class SpannedText {
    private final StringBuilder text = new StringBuilder();
    private int length;

    /** Adds words that are no phrase. */
    public SpannedText add(String words) {
        text.append(words);
        length += words.codePointCount(0, words.length());
        return this;
    }

    /** Adds what divides phrases, unless nothing stands before it. */
    public SpannedText divide(String separator) {
        return text.isEmpty() ? this : add(separator);
    }

    /** Adds a phrase; where it stands. */
    public Span phrase(String words) {
        int begin = length;
        add(words);
        return new Span(begin, length);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
