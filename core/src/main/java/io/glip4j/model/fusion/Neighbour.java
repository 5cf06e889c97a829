package io.glip4j.model.fusion;

import io.glip4j.torch.ChannelScale;
import io.glip4j.torch.GroupNorm;
import io.glip4j.torch.ops.FeatureMap;
import io.glip4j.torch.ops.Moments;

/**
 * What a level of H x W positions sees on one level, by {@link NormalizedDeformation} over arrays: the convolution's
 * output and what its normalisation does to each channel, so that normalising, weighing and adding up are one pass.
 */
final class Neighbour {
    private final FeatureMap map; // h x w positions, brought to H x W
    private final GroupNorm norm;
    private final Moments moments;
    private final boolean resampled;
    private final Resampling rows;
    private final Resampling columns;

    Neighbour(Moments moments, GroupNorm norm, int height, int width) {
        this.map = moments.map();
        this.norm = norm;
        this.moments = moments;
        this.resampled = map.height() != height || map.width() != width;
        this.rows = Resampling.of(map.height(), height);
        this.columns = Resampling.of(map.width(), width);
    }

    /** What normalisation does to the channels of a picture. */
    ChannelScale scale(int picture) {
        return norm.scale(moments.means(picture), moments.meanSquares(picture));
    }

    /** The mean of each channel over the H x W positions, before normalisation. */
    double[] means(int picture) {
        if (!resampled) {
            return moments.means(picture);
        }
        double[] means = new double[map.channels()];
        for (int row = 0; row < map.height(); row++) {
            for (int column = 0; column < map.width(); column++) {
                double share = rows.share(row) * columns.share(column);
                float[] values = map.at(picture, row, column);
                for (int channel = 0; channel < means.length; channel++) {
                    means[channel] += share * values[channel];
                }
            }
        }
        return means;
    }

    /** Adds {@code factors} times what is at (row, column) of the H x W positions to {@code sum}, (C) each. */
    void add(int picture, int row, int column, float[] factors, float[] sum) {
        float down = rows.towardsNext(row);
        float along = columns.towardsNext(column);
        int top = rows.first(row);
        int left = columns.first(column);
        if (down == 0 && along == 0) {
            add(map.at(picture, top, left), factors, sum);
            return;
        }
        int bottom = Math.min(top + 1, map.height() - 1);
        int right = Math.min(left + 1, map.width() - 1);
        blend(
                map.at(picture, top, left),
                (1 - down) * (1 - along),
                map.at(picture, top, right),
                (1 - down) * along,
                map.at(picture, bottom, left),
                down * (1 - along),
                map.at(picture, bottom, right),
                down * along,
                factors,
                sum);
    }

    private static void add(float[] values, float[] factors, float[] sum) {
        for (int channel = 0; channel < sum.length; channel++) {
            sum[channel] += factors[channel] * values[channel];
        }
    }

    private static void blend(
            float[] a,
            float shareA,
            float[] b,
            float shareB,
            float[] c,
            float shareC,
            float[] d,
            float shareD,
            float[] factors,
            float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factors[i] * (shareA * a[i] + shareB * b[i] + shareC * c[i] + shareD * d[i]);
        }
    }
}
