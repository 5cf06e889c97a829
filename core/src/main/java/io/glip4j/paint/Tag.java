package io.glip4j.paint;

import io.glip4j.output.Detection;
import java.util.Locale;

/** The words of a detection, set in letters of a size in pixels. */
record Tag(LabelFont.Line line, double size) {
    private static final double SMALLEST_LETTER = 6;
    private static final double PADDING_SHARE = 0.3;
    private static final double WIDEST = 0.5;
    private static final String ELLIPSIS = "\u2026";

    double padding() {
        return PADDING_SHARE * size;
    }

    double width() {
        return line.width() + 2 * padding();
    }

    double height() {
        return (LabelFont.ascent() + LabelFont.descent()) * size + padding();
    }

    /** Where the letters stand below the tag's upper edge. */
    double baseline() {
        return padding() / 2 + LabelFont.ascent() * size;
    }

    /** Phrase and score; a long phrase ends in an ellipsis, on narrow pictures the letters get smaller. */
    static Tag of(Detection detection, double size, int pictureWidth) {
        String score = String.format(Locale.ROOT, " %.2f", detection.score());
        String phrase = detection.phrase().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        double widest = WIDEST * pictureWidth;
        Tag whole = set(phrase + score, size);
        int[] codePoints = phrase.codePoints().toArray();
        Tag tag = whole;
        int kept = (int) Math.min(codePoints.length, codePoints.length * widest / whole.width() + 1);
        while (tag.width() > widest && kept > 0) {
            tag = set(new String(codePoints, 0, kept).strip() + ELLIPSIS + score, size);
            kept--;
        }
        if (tag.width() <= widest) {
            return tag;
        }
        double fitting = Math.max(SMALLEST_LETTER, Math.min(size, size * pictureWidth / whole.width()));
        return set(phrase + score, fitting);
    }

    private static Tag set(String text, double size) {
        return new Tag(LabelFont.line(text, size), size);
    }
}
