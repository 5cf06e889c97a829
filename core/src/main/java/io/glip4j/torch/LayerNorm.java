package io.glip4j.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Normalises the last axis, then scales and shifts it; float32 whatever it is given. */
public final class LayerNorm {
    private final Tensor weight;
    private final Tensor bias;
    private final long width;
    private final double epsilon;

    public LayerNorm(Parameters parameters, long width, double epsilon) {
        this.weight = parameters.register("weight", Initializer.ONES, width);
        this.bias = parameters.register("bias", Initializer.ZEROS, width);
        this.width = width;
        this.epsilon = epsilon;
    }

    /** (..., width) to the same shape. */
    public Tensor forward(Tensor x) {
        return torch.layer_norm(
                Tensors.exact(x),
                new long[] {width},
                new TensorOptional(weight),
                new TensorOptional(bias),
                epsilon,
                false);
    }
}
