package io.glip4j.torch;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** {@code x W^T + b} over the last axis; the weight is (out, in). */
public final class Linear {
    private final LinearKernel kernel;
    private final Tensor weight;
    private final @Nullable Tensor bias;

    private Linear(LinearKernel kernel, Tensor weight, @Nullable Tensor bias) {
        this.kernel = kernel;
        this.weight = weight;
        this.bias = bias;
    }

    public static Linear withBias(Parameters parameters, Initializer initializer, long in, long out) {
        return new Linear(
                LinearKernel.of(parameters.form()),
                parameters.register("weight", initializer, out, in),
                parameters.register("bias", Initializer.ZEROS, out));
    }

    public static Linear withoutBias(Parameters parameters, Initializer initializer, long in, long out) {
        return new Linear(
                LinearKernel.of(parameters.form()), parameters.register("weight", initializer, out, in), null);
    }

    /** (..., in) to (..., out). */
    public Tensor forward(Tensor x) {
        return kernel.apply(x, weight, bias);
    }

    /** (out, in) */
    public Tensor weight() {
        return weight;
    }

    /** (out), or null where there is none. */
    public @Nullable Tensor bias() {
        return bias;
    }
}
