package io.glip4j.model.fusion;

import io.glip4j.model.FusionConfig;
import io.glip4j.torch.GroupNorm;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.ops.DeformableConvolution;
import io.glip4j.torch.ops.FeatureMap;
import io.glip4j.torch.ops.Moments;
import io.glip4j.torch.ops.Taps;
import org.bytedeco.pytorch.Tensor;

/** A deformable convolution and the normalisation of its groups. */
final class NormalizedDeformation {
    private static final double EPSILON = 1e-5;
    private static final int TAPS = 9;

    private final DeformableConvolution convolution;
    private final GroupNorm norm;

    /** Registers {@code conv.*} and {@code bn.*}. */
    NormalizedDeformation(Parameters parameters, FusionConfig config, int stride) {
        long channels = config.channels();
        Initializer initializer = Initializer.uniform(1 / Math.sqrt((double) channels * TAPS));
        this.convolution = new DeformableConvolution(parameters.at("conv"), initializer, channels, channels, stride);
        this.norm = new GroupNorm(parameters.at("bn"), config.groups(), channels, EPSILON);
    }

    /** Features (N, C, H, W), offsets (N, 18, h, w) and masks (N, 9, h, w) to (N, C, h, w). */
    Tensor forward(Tensor features, Tensor offsets, Tensor masks) {
        return norm.forward(convolution.forward(features, offsets, masks));
    }

    /** The convolution alone, over arrays and without gradients; {@link #norm} normalises by the moments. */
    Moments convolve(FeatureMap features, Taps taps) {
        return convolution.forward(features, taps);
    }

    GroupNorm norm() {
        return norm;
    }
}
