package io.glip4j.torch.ops;

import io.glip4j.torch.Initializer;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Modulated deformable 3x3 convolution with padding 1 (Zhu et al., Deformable ConvNets v2, 2018): every output looks at
 * nine places that its own offsets choose, each weighed by its own mask. The weight is (out, in, 3, 3).
 */
public final class DeformableConvolution {
    private static final long SIDE = 3;

    private static final TapSampler SAMPLER = TapSampler.fast();

    private final int stride;
    private final Tensor weight;
    private final Tensor bias;

    public DeformableConvolution(Parameters parameters, Initializer initializer, long in, long out, int stride) {
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
        return TensorScope.local(() -> SAMPLER.convolve(features, offsets, masks, stride, weightByTap(), bias));
    }

    /** The same over arrays, without gradients: each output that {@code taps} describe, and their moments. */
    public Moments forward(FeatureMap features, Taps taps) {
        try (TensorScope scope = TensorScope.open()) {
            return ArrayTapSampler.convolve(features, taps.withStride(stride), weightByTap(), bias);
        }
    }

    private Tensor weightByTap() {
        return weight.permute(0, 2, 3, 1).reshape(weight.size(0), -1); // (out, 9*in)
    }
}
