package io.glip4j.torch.ops;

import io.glip4j.torch.Initializer;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Modulated deformable 3x3 convolution with padding 1 (Zhu et al., Deformable ConvNets v2, 2018): every output looks at
 * nine places that its own offsets choose, each weighed by its own mask. The weight is (out, in, 3, 3).
 */
public final class DeformableConvolution {
    private static final long SIDE = 3;

    private final TapSampler sampler;
    private final long stride;
    private final Tensor weight;
    private final Tensor bias;

    public DeformableConvolution(Parameters parameters, Initializer initializer, long in, long out, long stride) {
        this(parameters, initializer, in, out, stride, TapSampler.fast());
    }

    DeformableConvolution(
            Parameters parameters, Initializer initializer, long in, long out, long stride, TapSampler sampler) {
        this.sampler = sampler;
        this.stride = stride;
        this.weight = parameters.register("weight", initializer, out, in, SIDE, SIDE);
        this.bias = parameters.register("bias", Initializer.ZEROS, out);
    }

    /**
     * (N, in, H, W) to (N, out, h, w).
     *
     * @param offsets (N, 18, h, w): (dy, dx) of each tap, row by row, in pixels of {@code features}
     * @param masks (N, 9, h, w)
     */
    public Tensor forward(Tensor features, Tensor offsets, Tensor masks) {
        return TensorScope.local(() -> {
            Tensor columns = sampler.sample(features, offsets, masks, stride).permute(0, 3, 1, 2); // (N, 9*in, h, w)
            Tensor byTap =
                    weight.permute(0, 2, 3, 1).reshape(weight.size(0), columns.size(1), 1, 1); // (out, 9*in, 1, 1)
            return torch.conv2d(
                    columns, byTap, new TensorOptional(bias), new long[] {1}, new long[] {0}, new long[] {1}, 1);
        });
    }
}
