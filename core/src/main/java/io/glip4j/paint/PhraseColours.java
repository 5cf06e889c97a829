package io.glip4j.paint;

import java.awt.Color;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One colour a phrase, the same in every picture as long as two phrases of a picture do not fall on the same one; then
 * the later in the alphabet takes the next.
 */
final class PhraseColours {
    /** Told apart from each other and from most of what photographs show. */
    private static final List<Color> PALETTE = List.of(
            new Color(0xE6194B),
            new Color(0x3CB44B),
            new Color(0xFFE119),
            new Color(0x4363D8),
            new Color(0xF58231),
            new Color(0x911EB4),
            new Color(0x42D4F4),
            new Color(0xF032E6),
            new Color(0xBFEF45),
            new Color(0xFABED4),
            new Color(0x469990),
            new Color(0xDCBEFF),
            new Color(0x9A6324),
            new Color(0xFFFAC8),
            new Color(0x800000),
            new Color(0xAAFFC3),
            new Color(0x808000),
            new Color(0xFFD8B1),
            new Color(0x000075),
            new Color(0xA9A9A9));

    /** Least contrast of the text on a tag that counts as readable (WCAG 2 AA). */
    static final double READABLE = 4.5;

    private static final double RED_SHARE = 0.2126;
    private static final double GREEN_SHARE = 0.7152;
    private static final double BLUE_SHARE = 0.0722;
    private static final int HASH_FACTOR = 0x9E3779B1;
    private static final int HASH_SHIFT = 12;
    private static final double MAX = 255;

    private final Map<String, Color> colours;

    private PhraseColours(Map<String, Color> colours) {
        this.colours = colours;
    }

    static List<Color> palette() {
        return PALETTE;
    }

    /** A colour for each phrase. */
    static PhraseColours of(Iterable<String> phrases) {
        TreeSet<String> sorted = new TreeSet<>();
        phrases.forEach(sorted::add);
        Map<String, Color> colours = new HashMap<>();
        boolean[] taken = new boolean[PALETTE.size()];
        for (String phrase : sorted) {
            int place = Math.floorMod((phrase.hashCode() * HASH_FACTOR) >>> HASH_SHIFT, PALETTE.size());
            if (colours.size() < PALETTE.size()) {
                while (taken[place]) {
                    place = (place + 1) % PALETTE.size();
                }
                taken[place] = true;
            }
            colours.put(phrase, PALETTE.get(place));
        }
        return new PhraseColours(colours);
    }

    /** The colour of one of the phrases. */
    Color of(String phrase) {
        return colours.getOrDefault(phrase, PALETTE.get(0));
    }

    /** Black or white, whichever reads better on {@code background}. */
    static Color textOn(Color background) {
        return contrast(background, Color.BLACK) >= contrast(background, Color.WHITE) ? Color.BLACK : Color.WHITE;
    }

    /** Contrast ratio of two colours, 1..21 (WCAG 2). */
    static double contrast(Color one, Color other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(Color colour) {
        return RED_SHARE * linear(colour.getRed())
                + GREEN_SHARE * linear(colour.getGreen())
                + BLUE_SHARE * linear(colour.getBlue());
    }

    private static double linear(int sample) {
        double share = sample / MAX;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
