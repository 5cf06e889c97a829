package io.glip4j.data;

import io.glip4j.input.Picture;
import java.util.Arrays;

/** Edits of 8-bit pictures that training adds variety with; each returns a new picture. */
final class PictureEdits {
    private static final int CHANNELS = 3;
    private static final int WHITE = 255;
    /** ITU-R 601 luma. */
    private static final float RED_LUMA = 0.299f;

    private static final float GREEN_LUMA = 0.587f;
    private static final float BLUE_LUMA = 0.114f;

    private PictureEdits() {}

    /** Left and right exchanged. */
    static Picture flip(Picture picture) {
        int width = picture.width();
        byte[] from = picture.rgb();
        byte[] to = new byte[from.length];
        for (int y = 0; y < picture.height(); y++) {
            int row = y * width * CHANNELS;
            for (int x = 0; x < width; x++) {
                int source = row + x * CHANNELS;
                int target = row + (width - 1 - x) * CHANNELS;
                to[target] = from[source];
                to[target + 1] = from[source + 1];
                to[target + 2] = from[source + 2];
            }
        }
        return new Picture(width, picture.height(), to);
    }

    /** The part of {@code width} x {@code height} pixels whose upper left pixel is (x, y). */
    static Picture crop(Picture picture, int x, int y, int width, int height) {
        byte[] to = new byte[CHANNELS * width * height];
        for (int row = 0; row < height; row++) {
            System.arraycopy(
                    picture.rgb(),
                    ((y + row) * picture.width() + x) * CHANNELS,
                    to,
                    row * width * CHANNELS,
                    width * CHANNELS);
        }
        return new Picture(width, height, to);
    }

    /** A canvas of one colour with the picture's upper left pixel at (x, y). */
    static Picture place(Picture picture, int x, int y, int width, int height, int[] rgb) {
        byte[] to = new byte[CHANNELS * width * height];
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int i = channel; i < width * CHANNELS; i += CHANNELS) {
                to[i] = (byte) rgb[channel];
            }
        }
        for (int row = 1; row < height; row++) {
            System.arraycopy(to, 0, to, row * width * CHANNELS, width * CHANNELS);
        }
        for (int row = 0; row < picture.height(); row++) {
            System.arraycopy(
                    picture.rgb(),
                    row * picture.width() * CHANNELS,
                    to,
                    ((y + row) * width + x) * CHANNELS,
                    picture.width() * CHANNELS);
        }
        return new Picture(width, height, to);
    }

    /**
     * Brightness, contrast (about the mean luma) and saturation multiplied, the colours turned.
     *
     * @param hue turn of the colour circle in radians
     */
    static Picture recolour(Picture picture, float brightness, float contrast, float saturation, float hue) {
        byte[] from = picture.rgb();
        byte[] to = Arrays.copyOf(from, from.length);
        float middle = brightness * meanLuma(from);
        float[] turn = turnAboutGray(hue);
        for (int i = 0; i < from.length; i += CHANNELS) {
            float r = stretch((from[i] & WHITE) * brightness, middle, contrast);
            float g = stretch((from[i + 1] & WHITE) * brightness, middle, contrast);
            float b = stretch((from[i + 2] & WHITE) * brightness, middle, contrast);
            float luma = RED_LUMA * r + GREEN_LUMA * g + BLUE_LUMA * b;
            float red = luma + (r - luma) * saturation;
            float green = luma + (g - luma) * saturation;
            float blue = luma + (b - luma) * saturation;
            to[i] = sample(turn[0] * red + turn[1] * green + turn[2] * blue);
            to[i + 1] = sample(turn[2] * red + turn[0] * green + turn[1] * blue);
            to[i + 2] = sample(turn[1] * red + turn[2] * green + turn[0] * blue);
        }
        return new Picture(picture.width(), picture.height(), to);
    }

    private static float stretch(float value, float middle, float contrast) {
        return middle + (value - middle) * contrast;
    }

    private static float meanLuma(byte[] rgb) {
        double sum = 0;
        for (int i = 0; i < rgb.length; i += CHANNELS) {
            sum += RED_LUMA * (rgb[i] & WHITE) + GREEN_LUMA * (rgb[i + 1] & WHITE) + BLUE_LUMA * (rgb[i + 2] & WHITE);
        }
        return (float) (sum * CHANNELS / rgb.length);
    }

    /** First row of the circulant matrix that turns RGB about the axis r = g = b (Rodrigues' formula). */
    private static float[] turnAboutGray(float angle) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle) / Math.sqrt(CHANNELS);
        double along = (1 - cos) / CHANNELS;
        return new float[] {(float) (cos + along), (float) (along - sin), (float) (along + sin)};
    }

    private static byte sample(float value) {
        return (byte) Math.max(0, Math.min(WHITE, Math.round(value)));
    }
}
