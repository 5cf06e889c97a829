package io.glip4j.data.scene;

import java.util.SplittableRandom;

/**
 * Another look of a drawing: a linear map of its colours (a turned hue, one ink, faded or gray), which keeps to
 * premultiplied alpha.
 */
final class Restyle {
    private static final double[] LUMA = {0.299, 0.587, 0.114};
    private static final double PLAIN_PART = 0.6;
    private static final double TURNED_PART = 0.75;
    private static final double INK_PART = 0.9;
    private static final double FADED_PART = 0.97;
    private static final double RANGE_OF_LEAST = 0.2;
    /** How far above its typical brightness the lightest shade of an ink is. */
    private static final double BRIGHTER = 1.12;

    private final int[][] rows; // for red, green and blue: weights of these three and of full brightness, in 1/256

    private Restyle(int[][] rows) {
        this.rows = rows;
    }

    /** One of the looks; people keep the hue of their skin. */
    static Restyle draw(boolean person, SplittableRandom random) {
        double kind = random.nextDouble();
        if (kind < PLAIN_PART || (person && kind < INK_PART)) {
            return saturated(1);
        }
        if (kind < TURNED_PART) {
            return turned(2 * Math.PI * random.nextDouble());
        }
        if (kind < INK_PART) {
            return ink(ColourName.ALL.get(random.nextInt(ColourName.COUNT)), random);
        }
        return saturated(kind < FADED_PART ? 0.4 + random.nextDouble() : 0);
    }

    /** Everything in shades of one colour; those of white stay light. */
    static Restyle ink(ColourName name, SplittableRandom random) {
        int[][] rows = new int[3][];
        double least = least(name) + RANGE_OF_LEAST * random.nextDouble();
        for (int channel = 0; channel < 3; channel++) {
            double full = ((name.typical() >> (16 - 8 * channel)) & 255) / 255.0;
            double slope = full * (BRIGHTER - least);
            rows[channel] = row(slope * LUMA[0], slope * LUMA[1], slope * LUMA[2], full * least);
        }
        return new Restyle(rows);
    }

    /** How dark the darkest shade of an ink is against the typical one: dark orange is brown. */
    private static double least(ColourName name) {
        return switch (name) {
            case WHITE -> 0.8;
            case ORANGE, YELLOW, PINK, GRAY -> 0.6;
            default -> 0.2;
        };
    }

    /** Grays at 0, as it is at 1, deeper colours above. */
    private static Restyle saturated(double factor) {
        int[][] rows = new int[3][];
        for (int channel = 0; channel < 3; channel++) {
            double[] weights = new double[3];
            for (int from = 0; from < 3; from++) {
                weights[from] = (1 - factor) * LUMA[from] + (from == channel ? factor : 0);
            }
            rows[channel] = row(weights[0], weights[1], weights[2], 0);
        }
        return new Restyle(rows);
    }

    /** The hue turned about the gray axis: a rotation of the colour cube. */
    private static Restyle turned(double angle) {
        double cos = Math.cos(angle);
        double along = (1 - cos) / 3;
        double across = Math.sqrt(1.0 / 3) * Math.sin(angle);
        double same = cos + along;
        return new Restyle(new int[][] {
            row(same, along - across, along + across, 0),
            row(along + across, same, along - across, 0),
            row(along - across, along + across, same, 0)
        });
    }

    private static int[] row(double red, double green, double blue, double full) {
        return new int[] {fixed(red), fixed(green), fixed(blue), fixed(full)};
    }

    private static int fixed(double weight) {
        return (int) Math.round(256 * weight);
    }

    /** Changes premultiplied ARGB pixels in place. */
    void apply(int[] argb) {
        for (int i = 0; i < argb.length; i++) {
            int pixel = argb[i];
            int alpha = pixel >>> 24;
            if (alpha != 0) {
                int red = (pixel >> 16) & 255;
                int green = (pixel >> 8) & 255;
                int blue = pixel & 255;
                argb[i] = (alpha << 24)
                        | (channel(rows[0], red, green, blue, alpha) << 16)
                        | (channel(rows[1], red, green, blue, alpha) << 8)
                        | channel(rows[2], red, green, blue, alpha);
            }
        }
    }

    private static int channel(int[] row, int red, int green, int blue, int alpha) {
        int value = (row[0] * red + row[1] * green + row[2] * blue + row[3] * alpha + 128) >> 8;
        return Math.max(0, Math.min(alpha, value));
    }
}
