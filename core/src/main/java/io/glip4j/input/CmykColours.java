package io.glip4j.input;

import java.awt.image.Raster;

/**
 * From the four samples of a CMYK or YCCK JPEG to RGB, in the integer arithmetic of libjpeg (YCCK to CMYK) and Pillow
 * (CMYK to RGB, taking the samples as inverted, as Adobe writes them).
 */
final class CmykColours {
    private static final int CHANNELS = 3;
    private static final int STORED_CHANNELS = 4;
    private static final int MAX = 255;
    private static final int CENTRE = 128;
    private static final int ADOBE_YCCK = 2;
    private static final int FRACTION_BITS = 16;
    private static final int HALF = 1 << (FRACTION_BITS - 1);
    private static final int CR_TO_RED = fixed(1.40200);
    private static final int CB_TO_BLUE = fixed(1.77200);
    private static final int CR_TO_GREEN = fixed(0.71414);
    private static final int CB_TO_GREEN = fixed(0.34414);

    private CmykColours() {}

    /** {@code stored} has the samples as in the file; {@code transform} is Adobe's: 0 CMYK, 2 YCCK. */
    static Picture toRgb(Raster stored, int transform) {
        if (stored.getNumBands() != STORED_CHANNELS) {
            throw new MalformedPictureException("its frame has " + stored.getNumBands() + " channels instead of 4");
        }
        int width = stored.getWidth();
        int height = stored.getHeight();
        byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), CHANNELS)];
        int[] row = new int[width * STORED_CHANNELS];
        int out = 0;
        for (int y = 0; y < height; y++) {
            stored.getPixels(0, y, width, 1, row);
            for (int in = 0; in < row.length; in += STORED_CHANNELS) {
                if (transform == ADOBE_YCCK) {
                    toCmyk(row, in);
                }
                int white = row[in + CHANNELS];
                for (int c = 0; c < CHANNELS; c++) {
                    int ink = MAX - row[in + c];
                    rgb[out++] = (byte) Math.max(0, white - dividedBy255(ink * white));
                }
            }
        }
        return new Picture(width, height, rgb);
    }

    private static void toCmyk(int[] row, int at) {
        int luma = row[at];
        int blue = row[at + 1] - CENTRE;
        int red = row[at + 2] - CENTRE;
        row[at] = MAX - clamp(luma + ((CR_TO_RED * red + HALF) >> FRACTION_BITS));
        row[at + 1] = MAX - clamp(luma + ((-CB_TO_GREEN * blue - CR_TO_GREEN * red + HALF) >> FRACTION_BITS));
        row[at + 2] = MAX - clamp(luma + ((CB_TO_BLUE * blue + HALF) >> FRACTION_BITS));
    }

    private static int clamp(int sample) {
        return Math.max(0, Math.min(MAX, sample));
    }

    /** {@code product / 255} rounded, as Pillow does it. */
    private static int dividedBy255(int product) {
        int sum = product + CENTRE;
        return ((sum >> 8) + sum) >> 8;
    }

    private static int fixed(double value) {
        return (int) (value * (1 << FRACTION_BITS) + 0.5);
    }
}
