package io.glip4j.input;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.Arrays;

/**
 * Bilinear resizing with antialiasing, sample by sample what Pillow's {@code Image.resize(size, BILINEAR)} gives: columns
 * first, then rows, weights in fixed point with 22 bits, samples rounded to 8 bits after each pass.
 */
public final class PillowResize {
    private static final int CHANNELS = 3;
    private static final int FRACTION_BITS = 22;
    private static final int HALF = 1 << (FRACTION_BITS - 1);

    private PillowResize() {}

    /** The picture in another size; the picture itself if it has that size. */
    public static Picture bilinear(Picture picture, int width, int height) {
        if (width < 1 || height < 1) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted a size of at least 1 x 1 pixels, got " + width + " x " + height + "; give a larger one");
        }
        Picture narrowed = width == picture.width() ? picture : resizeColumns(picture, width);
        return height == picture.height() ? narrowed : resizeRows(narrowed, height);
    }

    private static Picture resizeColumns(Picture picture, int width) {
        Weights weights = Weights.of(picture.width(), width);
        int height = picture.height();
        byte[] from = picture.rgb();
        byte[] to = new byte[Math.multiplyExact(Math.multiplyExact(width, height), CHANNELS)];
        int out = 0;
        for (int y = 0; y < height; y++) {
            int row = y * picture.width() * CHANNELS;
            for (int x = 0; x < width; x++) {
                int in = row + weights.first[x] * CHANNELS;
                int red = HALF;
                int green = HALF;
                int blue = HALF;
                int begin = x * weights.most;
                for (int k = begin; k < begin + weights.count[x]; k++) {
                    int weight = weights.fixed[k];
                    red += (from[in] & 0xFF) * weight;
                    green += (from[in + 1] & 0xFF) * weight;
                    blue += (from[in + 2] & 0xFF) * weight;
                    in += CHANNELS;
                }
                to[out++] = (byte) (red >> FRACTION_BITS);
                to[out++] = (byte) (green >> FRACTION_BITS);
                to[out++] = (byte) (blue >> FRACTION_BITS);
            }
        }
        return new Picture(width, height, to);
    }

    private static Picture resizeRows(Picture picture, int height) {
        Weights weights = Weights.of(picture.height(), height);
        int rowLength = picture.width() * CHANNELS;
        byte[] from = picture.rgb();
        byte[] to = new byte[Math.multiplyExact(rowLength, height)];
        int[] sums = new int[rowLength];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, HALF);
            for (int k = 0; k < weights.count[y]; k++) {
                addRow(from, (weights.first[y] + k) * rowLength, weights.fixed[y * weights.most + k], sums);
            }
            int out = y * rowLength;
            for (int i = 0; i < rowLength; i++) {
                to[out + i] = (byte) (sums[i] >> FRACTION_BITS);
            }
        }
        return new Picture(picture.width(), height, to);
    }

    private static void addRow(byte[] from, int offset, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (from[offset + i] & 0xFF) * weight;
        }
    }

    /**
     * Which source samples make each target sample: {@code count[i]} of them from {@code first[i]} on, their weights at
     * {@code fixed[i * most]}. All are positive and add to one, so that no sum leaves 0..255.
     */
    private static final class Weights {
        final int most;
        final int[] first;
        final int[] count;
        final int[] fixed;

        private Weights(int targetSize, int most) {
            this.most = most;
            this.first = new int[targetSize];
            this.count = new int[targetSize];
            this.fixed = new int[Math.multiplyExact(targetSize, most)];
        }

        static Weights of(int sourceSize, int targetSize) {
            double scale = (double) sourceSize / targetSize;
            double support = Math.max(scale, 1.0);
            Weights weights = new Weights(targetSize, (int) Math.ceil(support) * 2 + 1);
            double[] exact = new double[weights.most];
            for (int i = 0; i < targetSize; i++) {
                double centre = (i + 0.5) * scale;
                int first = Math.max((int) (centre - support + 0.5), 0);
                int end = Math.min((int) (centre + support + 0.5), sourceSize);
                double sum = 0;
                for (int k = 0; k < end - first; k++) {
                    double distance = Math.abs((k + first - centre + 0.5) * (1.0 / support));
                    exact[k] = distance < 1.0 ? 1.0 - distance : 0.0;
                    sum += exact[k];
                }
                weights.first[i] = first;
                weights.count[i] = end - first;
                for (int k = 0; k < end - first; k++) {
                    weights.fixed[i * weights.most + k] = (int) (0.5 + exact[k] / sum * (1 << FRACTION_BITS));
                }
            }
            return weights;
        }
    }
}
