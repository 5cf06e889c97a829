package io.glip4j.output;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.BoxXyxy;

/**
 * Puts the square of probabilities that the mask head gives for a box into its place in the picture.
 *
 * <p>A rim of zeros is laid around the square and the box grown to match, so that the edges are interpolated as
 * well; the grown corners are cut toward zero to whole pixels (as the published results are made).
 *
 * @param threshold probabilities above it belong to the thing
 */
public record MaskPaster(double threshold) {
    public static final MaskPaster PUBLISHED = new MaskPaster(0.5);

    private static final int RIM = 1;

    public MaskPaster {
        if (!(threshold >= 0 && threshold < 1)) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "wanted a mask threshold in [0, 1), got " + threshold);
        }
    }

    /**
     * The mask of one thing in a picture of this size.
     *
     * @param probabilities size x size, row by row, 0..1
     * @param size cells per side, 28 in the published models
     * @param box in pixels of the same picture
     */
    public Mask paste(float[] probabilities, int size, BoxXyxy box, int width, int height) {
        if (probabilities.length != size * size) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted a mask of " + size + " x " + size + " numbers, got " + probabilities.length);
        }
        float[] padded = pad(probabilities, size);
        int side = size + 2 * RIM;
        float growth = (float) side / size;
        Axis horizontal = Axis.grown((float) box.x1(), (float) box.x2(), growth, side, width);
        Axis vertical = Axis.grown((float) box.y1(), (float) box.y2(), growth, side, height);
        byte[] pixels = new byte[Math.multiplyExact(width, height)];
        for (int y = vertical.first; y < vertical.end; y++) {
            int above = vertical.low(y) * side;
            int below = vertical.high(y) * side;
            float down = vertical.fraction(y);
            for (int x = horizontal.first; x < horizontal.end; x++) {
                int left = horizontal.low(x);
                int right = horizontal.high(x);
                float along = horizontal.fraction(x);
                float top = padded[above + left] * (1 - along) + padded[above + right] * along;
                float bottom = padded[below + left] * (1 - along) + padded[below + right] * along;
                if (top * (1 - down) + bottom * down > threshold) {
                    pixels[y * width + x] = 1;
                }
            }
        }
        return new Mask(width, height, pixels);
    }

    private static float[] pad(float[] square, int size) {
        int side = size + 2 * RIM;
        float[] padded = new float[side * side];
        for (int row = 0; row < size; row++) {
            System.arraycopy(square, row * size, padded, (row + RIM) * side + RIM, size);
        }
        return padded;
    }

    /** Where each visible pixel of the grown box reads the padded square, along one side. */
    private static final class Axis {
        final int first;
        final int end;
        private final int[] lows;
        private final int[] highs;
        private final float[] fractions;

        private Axis(int from, int length, int side, int extent) {
            first = Math.min(Math.max(from, 0), extent);
            end = (int) Math.max(first, Math.min((long) from + length, extent));
            lows = new int[end - first];
            highs = new int[end - first];
            fractions = new float[end - first];
            float step = (float) side / length;
            for (int at = 0; at < lows.length; at++) {
                float position = Math.max((first + at - from + 0.5f) * step - 0.5f, 0);
                lows[at] = Math.min((int) position, side - 1);
                highs[at] = Math.min(lows[at] + 1, side - 1);
                fractions[at] = position - lows[at];
            }
        }

        static Axis grown(float low, float high, float growth, int side, int extent) {
            float centre = (high + low) * 0.5f;
            float half = (high - low) * 0.5f * growth;
            int from = (int) (centre - half);
            int to = (int) (centre + half);
            return new Axis(from, Math.max(to - from + 1, 1), side, extent);
        }

        int low(int pixel) {
            return lows[pixel - first];
        }

        int high(int pixel) {
            return highs[pixel - first];
        }

        float fraction(int pixel) {
            return fractions[pixel - first];
        }
    }
}
