package io.glip4j.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** {@code x W^T + b} over the last axis; the weight is (out, in). */
public final class Linear {
    private final Tensor weight;
    private final @Nullable Tensor bias;

    private Linear(Tensor weight, @Nullable Tensor bias) {
        this.weight = weight;
        this.bias = bias;
    }

    public static Linear withBias(Parameters parameters, Initializer initializer, long in, long out) {
        return new Linear(
                parameters.register("weight", initializer, out, in),
                parameters.register("bias", Initializer.ZEROS, out));
    }

    public static Linear withoutBias(Parameters parameters, Initializer initializer, long in, long out) {
        return new Linear(parameters.register("weight", initializer, out, in), null);
    }

    /** (..., in) to (..., out). */
    public Tensor forward(Tensor x) {
        return bias == null ? torch.linear(x, weight) : torch.linear(x, weight, new TensorOptional(bias));
    }

    public Tensor weight() {
        return weight;
    }
}
