package io.glip4j.torch.ops;

import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.bytedeco.pytorch.Tensor;

/**
 * Features with each picture's means and mean squares by channel, taken while the features come in, so that a
 * normalisation need not walk through them again.
 */
public final class Moments {
    /** Positions whose sums are kept in float before they are added up in double. */
    private static final int PIECE = 64;

    private final FeatureMap map;
    /** By first position, so that they are added up in the same order whichever thread came first. */
    private final ConcurrentNavigableMap<Integer, Sums> parts = new ConcurrentSkipListMap<>();

    Moments(FeatureMap map) {
        this.map = map;
    }

    /** Takes {@code rows} (count, C) as the positions of a picture from {@code first}; from many threads at once. */
    void take(int picture, int first, Tensor rows) {
        map.take(picture * map.cells() + first, rows.contiguous());
        Sums sums = new Sums(map.channels());
        int end = first + Math.toIntExact(rows.size(0));
        for (int from = first; from < end; from += PIECE) {
            sums.add(map, picture, from, Math.min(end, from + PIECE));
        }
        parts.put(picture * map.cells() + first, sums);
    }

    public FeatureMap map() {
        return map;
    }

    /** The mean of each channel over a picture's positions. */
    public double[] means(int picture) {
        double[] total = new double[map.channels()];
        parts(picture).values().forEach(part -> addTo(total, part.values));
        return total;
    }

    /** The mean of each channel's squares over a picture's positions. */
    public double[] meanSquares(int picture) {
        double[] total = new double[map.channels()];
        parts(picture).values().forEach(part -> addTo(total, part.squares));
        return total;
    }

    private ConcurrentNavigableMap<Integer, Sums> parts(int picture) {
        return parts.subMap(picture * map.cells(), (picture + 1) * map.cells());
    }

    private void addTo(double[] total, double[] part) {
        for (int channel = 0; channel < total.length; channel++) {
            total[channel] += part[channel] / map.cells();
        }
    }

    /** Of a part of a picture, by channel. */
    private static final class Sums {
        final double[] values;
        final double[] squares;

        Sums(int channels) {
            this.values = new double[channels];
            this.squares = new double[channels];
        }

        void add(FeatureMap map, int picture, int from, int to) {
            float[] sum = new float[values.length];
            float[] square = new float[values.length];
            for (int cell = from; cell < to; cell++) {
                add(map.at(picture, cell), sum, square);
            }
            for (int channel = 0; channel < values.length; channel++) {
                values[channel] += sum[channel];
                squares[channel] += square[channel];
            }
        }

        /** Two loops, as the compiler vectorises neither of one that writes to two arrays. */
        private static void add(float[] position, float[] sum, float[] square) {
            for (int channel = 0; channel < sum.length; channel++) {
                sum[channel] += position[channel];
            }
            for (int channel = 0; channel < square.length; channel++) {
                square[channel] += position[channel] * position[channel];
            }
        }
    }
}
