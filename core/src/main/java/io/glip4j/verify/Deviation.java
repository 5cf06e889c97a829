package io.glip4j.verify;

import io.glip4j.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The goldens' measure of difference. */
public final class Deviation {
    private Deviation() {}

    /** The largest difference as a share of the largest expected magnitude; NaN where shapes differ. */
    public static double relative(Tensor got, Tensor expected) {
        if (!Arrays.equals(Tensors.shape(got), Tensors.shape(expected))) {
            return Double.NaN;
        }
        return relative(Tensors.toFloats(got), Tensors.toFloats(expected));
    }

    /** The same over plain numbers; a difference where all expected numbers are zero is infinite. */
    public static double relative(float[] got, float[] expected) {
        double largest = 0;
        double error = got.length == expected.length ? 0 : Double.NaN;
        for (int i = 0; i < Math.min(got.length, expected.length); i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            error = Math.max(error, Math.abs((double) got[i] - expected[i])); // a NaN stays
        }
        return error == 0 ? 0 : error / largest;
    }

    /** The entries of axis {@code axis} that belong to tokens; entries of padding have no meaning. */
    static Tensor withoutPadding(Tensor x, long axis, Tensor attentionMask) { // mask (N, T)
        long[] shape = new long[Math.toIntExact(x.dim())];
        Arrays.fill(shape, 1);
        shape[0] = attentionMask.size(0);
        shape[Math.toIntExact(axis)] = attentionMask.size(1);
        return x.mul(attentionMask.to(ScalarType.Float).view(shape));
    }
}
