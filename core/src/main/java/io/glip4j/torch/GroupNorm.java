package io.glip4j.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Normalises groups of channels over the whole picture, then scales and shifts each channel. */
public final class GroupNorm {
    private final Tensor weight;
    private final Tensor bias;
    private final long groups;
    private final double epsilon;

    public GroupNorm(Parameters parameters, long groups, long channels, double epsilon) {
        this.weight = parameters.register("weight", Initializer.ONES, channels);
        this.bias = parameters.register("bias", Initializer.ZEROS, channels);
        this.groups = groups;
        this.epsilon = epsilon;
    }

    /** (N, channels, H, W) to the same shape. */
    public Tensor forward(Tensor x) {
        return torch.group_norm(x, groups, new TensorOptional(weight), new TensorOptional(bias), epsilon, false);
    }
}
