package io.glip4j.model.fusion;

/**
 * Linear interpolation along one side between positions whose first and last are the same before and after, as
 * libtorch's bilinear upsampling with aligned corners; nothing where both sizes are the same.
 */
final class Resampling {
    private final int[] first;
    private final float[] towardsNext;
    private final double[] shares;

    private Resampling(int[] first, float[] towardsNext, double[] shares) {
        this.first = first;
        this.towardsNext = towardsNext;
        this.shares = shares;
    }

    /** From {@code size} positions to {@code wanted}. */
    static Resampling of(int size, int wanted) {
        int[] first = new int[wanted];
        float[] towardsNext = new float[wanted];
        double[] shares = new double[size];
        float step = wanted > 1 ? (float) (size - 1) / (wanted - 1) : 0;
        for (int at = 0; at < wanted; at++) {
            float position = size == wanted ? at : step * at;
            first[at] = Math.min((int) position, size - 1);
            towardsNext[at] = first[at] == size - 1 ? 0 : position - first[at];
            shares[first[at]] += (1.0 - towardsNext[at]) / wanted;
            if (towardsNext[at] > 0) {
                shares[first[at] + 1] += (double) towardsNext[at] / wanted;
            }
        }
        return new Resampling(first, towardsNext, shares);
    }

    /** The position at or before new position {@code at}. */
    int first(int at) {
        return first[at];
    }

    /** How far towards the next position, 0..1. */
    float towardsNext(int at) {
        return towardsNext[at];
    }

    /** How much of the mean of all new positions is position {@code source}'s. */
    double share(int source) {
        return shares[source];
    }
}
