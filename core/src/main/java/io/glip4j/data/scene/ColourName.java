package io.glip4j.data.scene;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The colours that words name (Berlin and Kay's basic ones), and which of them a pixel surely has. */
enum ColourName {
    RED(0, 0xD92525),
    ORANGE(1, 0xF58A1F),
    YELLOW(2, 0xF6D32B),
    GREEN(3, 0x3FA345),
    BLUE(4, 0x2F6FD6),
    PURPLE(5, 0x8A45C0),
    PINK(6, 0xF48FC0),
    BROWN(7, 0x80502C),
    WHITE(8, 0xF4F4F4),
    GRAY(9, 0x8E8E8E),
    BLACK(10, 0x343434);

    static final List<ColourName> ALL = List.of(values());
    static final int COUNT = ALL.size();
    /** Number of the table for what lies between two names. */
    static final int BETWEEN = COUNT;

    private static final int BITS = 5;
    private static final byte[] TABLE = table();

    private final int number;
    private final int typical;

    ColourName(int number, int typical) {
        this.number = number;
        this.typical = typical;
    }

    /** Counts from 0. */
    int number() {
        return number;
    }

    /** A colour that everyone calls so, 0xRRGGBB. */
    int typical() {
        return typical;
    }

    /** Number of the name that a pixel surely has, or {@link #BETWEEN}. */
    static int of(int red, int green, int blue) {
        int drop = 8 - BITS;
        return TABLE[((red >> drop) << (2 * BITS)) | ((green >> drop) << BITS) | (blue >> drop)];
    }

    private static byte[] table() {
        byte[] table = new byte[1 << (3 * BITS)];
        int half = 1 << (7 - BITS);
        int mask = (1 << BITS) - 1;
        for (int i = 0; i < table.length; i++) {
            int red = ((i >> (2 * BITS)) << (8 - BITS)) + half;
            int green = (((i >> BITS) & mask) << (8 - BITS)) + half;
            int blue = ((i & mask) << (8 - BITS)) + half;
            table[i] = (byte) (int) name(Color.RGBtoHSB(red, green, blue, null))
                    .map(ColourName::number)
                    .orElse(BETWEEN);
        }
        return table;
    }

    /** From hue, saturation and value, each 0..1. */
    private static Optional<ColourName> name(float[] hsb) {
        double hue = 360 * hsb[0];
        double saturation = hsb[1];
        double value = hsb[2];
        double chroma = saturation * value;
        if (value < 0.2 || (value < 0.28 && saturation < 0.3)) {
            return Optional.of(BLACK);
        }
        if (chroma < 0.07) {
            return value > 0.88 ? Optional.of(WHITE) : between(value, 0.34, 0.8, GRAY);
        }
        if (chroma < 0.16) {
            return Optional.empty();
        }
        if (hue >= 345 || hue < 16) {
            return red(hue, saturation, value);
        }
        if (hue < 41) {
            return orange(hue, saturation, value);
        }
        if (hue < 64) {
            return saturation > 0.45 && value > 0.75 ? Optional.of(YELLOW) : Optional.empty();
        }
        if (hue < 78) {
            return Optional.empty(); // yellowish green
        }
        if (hue < 160) {
            return Optional.of(GREEN);
        }
        if (hue < 192) {
            return Optional.empty(); // turquoise
        }
        if (chroma < 0.22) {
            return Optional.empty(); // nearly black, or nearly gray
        }
        if (hue < 248) {
            return Optional.of(BLUE);
        }
        if (hue < 262) {
            return Optional.empty();
        }
        if (hue < 295 || (hue < 312 && value < 0.65)) {
            return Optional.of(PURPLE);
        }
        return hue > 308 && value > 0.7 ? Optional.of(PINK) : Optional.empty();
    }

    private static Optional<ColourName> red(double hue, double saturation, double value) {
        if (value > 0.8 && saturation < 0.55) {
            return hue >= 345 || hue < 6 ? Optional.of(PINK) : Optional.empty();
        }
        if (hue >= 6 && hue < 345 && (value < 0.55 || saturation < 0.68)) {
            return value < 0.8 ? Optional.of(BROWN) : Optional.empty();
        }
        boolean brownish = hue > 8 && hue < 345 && saturation < 0.78;
        return saturation > 0.6 && value > 0.42 && !brownish ? Optional.of(RED) : Optional.empty();
    }

    private static Optional<ColourName> orange(double hue, double saturation, double value) {
        if (value < 0.68 || (value < 0.82 && saturation < 0.68)) {
            return Optional.of(BROWN);
        }
        return value > 0.85 && saturation > 0.68 && hue > 20 && hue < 39 ? Optional.of(ORANGE) : Optional.empty();
    }

    private static Optional<ColourName> between(double value, double least, double most, ColourName name) {
        return value > least && value < most ? Optional.of(name) : Optional.empty();
    }

    /** The word. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
