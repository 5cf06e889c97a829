package io.glip4j.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** {@code x W^T + b} over the last axis. */
@FunctionalInterface
public interface LinearKernel {
    /** libtorch's own product, which OpenBLAS does for float32: the reference. */
    LinearKernel PLAIN = (x, weight, bias) ->
            bias == null ? torch.linear(x, weight) : torch.linear(x, weight, new TensorOptional(bias));

    /**
     * (..., in) to (..., out).
     *
     * @param weight (out, in)
     * @param bias (out), or null for none
     */
    Tensor apply(Tensor x, Tensor weight, @Nullable Tensor bias);

    /** The kernel of a form. */
    static LinearKernel of(Form form) {
        return form == Form.FAST ? new PointwiseLinear() : PLAIN;
    }
}
