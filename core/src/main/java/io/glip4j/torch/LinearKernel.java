package io.glip4j.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** {@code x W^T + b} over the last axis. */
@FunctionalInterface
public interface LinearKernel {
    /** libtorch's own product, which OpenBLAS does for float32: the reference. */
    LinearKernel PLAIN = (x, weight, bias) -> torch.linear(
            Tensors.toMultiply(x, weight),
            weight,
            bias == null ? new TensorOptional() : new TensorOptional(Tensors.toMultiply(bias, weight)));

    /**
     * (..., in) to (..., out), in bfloat16 where the weight is.
     *
     * @param weight (out, in)
     * @param bias (out), or null for none
     */
    Tensor apply(Tensor x, Tensor weight, @Nullable Tensor bias);

    /** The kernel of a form. */
    static LinearKernel of(Form form) {
        return form.rearranged() ? new PointwiseLinear() : PLAIN;
    }
}
