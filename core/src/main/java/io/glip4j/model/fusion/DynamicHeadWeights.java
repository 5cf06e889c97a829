package io.glip4j.model.fusion;

import io.glip4j.model.FusionConfig;
import io.glip4j.torch.Convolution;
import io.glip4j.torch.Convolution.Geometry;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.Parameters;

/** What a block of the dynamic head learns, in whichever form it is computed. */
final class DynamicHeadWeights {
    /** Channels of the offsets convolution: (dy, dx) of nine taps, then their masks. */
    static final long OFFSETS = 18;

    static final long MASKS = 9;

    final Convolution offsets;
    final NormalizedDeformation fromCoarser;
    final NormalizedDeformation fromSame;
    final NormalizedDeformation fromFiner;
    final ScaleAttention attention;
    final DynamicRelu activation;

    /** Registers {@code DyConv.0..2}, {@code AttnConv.1}, {@code relu.fc.0}, {@code relu.fc.2} and {@code offset}. */
    DynamicHeadWeights(Parameters parameters, FusionConfig config) {
        long channels = config.channels();
        Parameters convolutions = parameters.at("DyConv");
        this.fromCoarser = new NormalizedDeformation(convolutions.at(0), config, 1);
        this.fromSame = new NormalizedDeformation(convolutions.at(1), config, 1);
        this.fromFiner = new NormalizedDeformation(convolutions.at(2), config, 2);
        this.attention = new ScaleAttention(parameters.at("AttnConv"), channels);
        this.activation = new DynamicRelu(parameters.at("relu"), channels);
        this.offsets = Convolution.withBias(
                parameters.at("offset"), Initializer.ZEROS, channels, OFFSETS + MASKS, Geometry.same(3));
    }
}
