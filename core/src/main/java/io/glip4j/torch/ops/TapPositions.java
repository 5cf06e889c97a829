package io.glip4j.torch.ops;

import static io.glip4j.torch.ops.TapSampler.TAPS;

import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Where the taps of a 3x3 kernel read, in the features' pixels.
 *
 * @param y (N, h, w, 9), row by row
 * @param x (N, h, w, 9)
 */
record TapPositions(Tensor y, Tensor x) {
    private static final int SIDE = 3;
    private static final int PADDING = 1;
    private static final int COORDINATES = 2;

    /** The regular grid moved by {@code offsets}, (N, 18, h, w). */
    static TapPositions of(Tensor offsets, long stride) {
        long pictures = offsets.size(0);
        long height = offsets.size(2);
        long width = offsets.size(3);
        Tensor pairs = offsets.reshape(pictures, TAPS, COORDINATES, height, width);
        return new TapPositions(
                tapsLast(pairs.select(2, 0)).add(grid(height, stride, true).unsqueeze(1)),
                tapsLast(pairs.select(2, 1)).add(grid(width, stride, false)));
    }

    /** (N, 9, h, w) to (N, h, w, 9). */
    static Tensor tapsLast(Tensor x) {
        return x.permute(0, 2, 3, 1).contiguous();
    }

    /** True, (N, h, w, 9), where a tap reads something of features of this size; false for NaN. */
    Tensor inside(long height, long width) {
        return within(y, height).logical_and(within(x, width));
    }

    private static Tensor within(Tensor position, long extent) {
        return position.gt(new Scalar(-1)).logical_and(position.lt(new Scalar(extent)));
    }

    /** (extent, 9): where the undisturbed taps of each row, or of each column, read. */
    private static Tensor grid(long extent, long stride, boolean rows) {
        float[] values = new float[Math.toIntExact(extent) * TAPS];
        for (int at = 0; at < values.length; at++) {
            int tap = at % TAPS;
            long centre = at / TAPS * stride;
            values[at] = centre - PADDING + (rows ? tap / SIDE : tap % SIDE);
        }
        return Tensors.of(values, extent, TAPS);
    }
}
