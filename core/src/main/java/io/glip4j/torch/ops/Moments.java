package io.glip4j.torch.ops;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/**
 * Features with each picture's sums and sums of squares by channel, taken while the features come in, so that a
 * normalisation need not walk through them again.
 */
public final class Moments {
    /** Positions whose sums are kept in float before they are added up in double. */
    private static final int PIECE = 64;

    private final FeatureMap map;
    private final double[] sums; // (N, C)
    private final double[] squares; // (N, C)

    Moments(FeatureMap map) {
        this.map = map;
        this.sums = new double[map.pictures() * map.channels()];
        this.squares = new double[map.pictures() * map.channels()];
    }

    /** Takes {@code rows} (count, C) as the positions of a picture from {@code first}; from many threads at once. */
    void take(int picture, int first, Tensor rows) {
        map.take(picture * map.cells() + first, rows.contiguous());
        int end = first + Math.toIntExact(rows.size(0));
        for (int from = first; from < end; from += PIECE) {
            float[] sum = new float[map.channels()];
            float[] square = new float[map.channels()];
            for (int cell = from; cell < Math.min(end, from + PIECE); cell++) {
                add(map.at(picture, cell), sum, square);
            }
            merge(picture, sum, square);
        }
    }

    private static void add(float[] values, float[] sum, float[] square) {
        for (int channel = 0; channel < sum.length; channel++) {
            sum[channel] += values[channel];
        }
        for (int channel = 0; channel < square.length; channel++) {
            square[channel] += values[channel] * values[channel];
        }
    }

    private synchronized void merge(int picture, float[] sum, float[] square) {
        int at = picture * map.channels();
        for (int channel = 0; channel < sum.length; channel++) {
            sums[at + channel] += sum[channel];
            squares[at + channel] += square[channel];
        }
    }

    public FeatureMap map() {
        return map;
    }

    /** The mean of each channel over a picture's positions. */
    public double[] means(int picture) {
        return divided(sums, picture);
    }

    /** The mean of each channel's squares over a picture's positions. */
    public double[] meanSquares(int picture) {
        return divided(squares, picture);
    }

    private double[] divided(double[] totals, int picture) {
        int first = picture * map.channels();
        return Arrays.stream(totals, first, first + map.channels())
                .map(total -> total / map.cells())
                .toArray();
    }
}
