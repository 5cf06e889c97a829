package io.glip4j.data.scene;

import java.util.SplittableRandom;

/**
 * What light and camera do to a whole picture, in place: blur, contrast and brightness, a light that falls from one
 * side, a tint, gray, the grain of a sensor.
 */
final class Finish {
    private static final double BLUR_PART = 0.15;
    private static final double GRAY_PART = 0.05;
    private static final double GRAIN_PART = 0.4;
    private static final double MOST_SLANT = 0.3;
    private static final int GRAINS = 1 << 12;
    private static final int ONE = 1 << 12;

    private Finish() {}

    /**
     * Draws what happens and does it to pixels 0xRRGGBB.
     *
     * @return whether colours are left
     */
    static boolean apply(int[] rgb, int width, int height, SplittableRandom random) {
        if (random.nextDouble() < BLUR_PART) {
            blur(rgb, width, height);
        }
        boolean gray = random.nextDouble() < GRAY_PART;
        double contrast = 0.75 + 0.4 * random.nextDouble();
        double level = 128 + 24 * (2 * random.nextDouble() - 1);
        int[][] curves = new int[3][256];
        for (int[] curve : curves) {
            double tint = 1 + 0.05 * (2 * random.nextDouble() - 1);
            for (int value = 0; value < 256; value++) {
                curve[value] = clamp((int) Math.round(((value - 128) * contrast + level) * tint));
            }
        }
        byte[] grain = random.nextDouble() < GRAIN_PART ? grain(14 * random.nextDouble(), random) : new byte[GRAINS];
        int across = (int) (ONE * MOST_SLANT * (2 * random.nextDouble() - 1) / width);
        int down = (int) (ONE * MOST_SLANT * (2 * random.nextDouble() - 1) / height);
        for (int y = 0; y < height; y++) {
            int gain = ONE + down * (y - height / 2) - across * (width / 2);
            int noise = random.nextInt(GRAINS);
            for (int at = y * width; at < (y + 1) * width; at++, gain += across) {
                int pixel = rgb[at];
                int red = curves[0][(pixel >> 16) & 255];
                int green = curves[1][(pixel >> 8) & 255];
                int blue = curves[2][pixel & 255];
                if (gray) {
                    int luma = (77 * red + 150 * green + 29 * blue) >> 8;
                    red = luma;
                    green = luma;
                    blue = luma;
                }
                int add = grain[(at + noise) & (GRAINS - 1)];
                rgb[at] = (clamp(((red * gain) >> 12) + add) << 16)
                        | (clamp(((green * gain) >> 12) + add) << 8)
                        | clamp(((blue * gain) >> 12) + add);
            }
        }
        return !gray;
    }

    private static byte[] grain(double deviation, SplittableRandom random) {
        byte[] grain = new byte[GRAINS];
        for (int i = 0; i < GRAINS; i++) {
            double sum = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
            grain[i] = (byte) Math.round(2 * deviation * sum);
        }
        return grain;
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }

    /** 1-2-1 along rows, then along columns; red and blue of a pixel are summed as one number. */
    private static void blur(int[] rgb, int width, int height) {
        for (int y = 0; y < height; y++) {
            blur(rgb, y * width, 1, width);
        }
        for (int x = 0; x < width; x++) {
            blur(rgb, x, width, height);
        }
    }

    private static void blur(int[] rgb, int from, int step, int count) {
        int before = rgb[from];
        for (int i = 0, at = from; i < count; i++, at += step) {
            int here = rgb[at];
            int after = i + 1 < count ? rgb[at + step] : here;
            int redBlue = (((before & 0xFF00FF) + 2 * (here & 0xFF00FF) + (after & 0xFF00FF)) >> 2) & 0xFF00FF;
            int green = (((before & 0xFF00) + 2 * (here & 0xFF00) + (after & 0xFF00)) >> 2) & 0xFF00;
            rgb[at] = redBlue | green;
            before = here;
        }
    }
}
