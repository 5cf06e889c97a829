package io.glip4j.model.fusion;

import io.glip4j.model.FusedFeatures;
import io.glip4j.model.FusionConfig;
import io.glip4j.model.Mode;
import io.glip4j.torch.Convolution;
import io.glip4j.torch.Convolution.Geometry;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A block of the dynamic head (Dai et al. 2021): every level looks at itself and its two neighbours through deformable
 * convolutions, whose offsets and masks it chooses itself.
 */
public final class DynamicHead implements FusionLayer {
    private static final long OFFSETS = 18;
    private static final long MASKS = 9;

    private final Convolution offsets;
    private final NormalizedDeformation fromCoarser;
    private final NormalizedDeformation fromSame;
    private final NormalizedDeformation fromFiner;
    private final ScaleAttention attention;
    private final DynamicRelu activation;

    /** Registers {@code DyConv.0..2}, {@code AttnConv.1}, {@code relu.fc.0}, {@code relu.fc.2} and {@code offset}. */
    public DynamicHead(Parameters parameters, FusionConfig config) {
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

    @Override
    public FusedFeatures forward(FusedFeatures features, Tensor attentionMask, Mode mode) {
        return new FusedFeatures(forward(features.levels()), features.text());
    }

    /** Levels (N, C, H, W) each to the same shapes. */
    List<Tensor> forward(List<Tensor> levels) {
        List<Tensor> updated = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            int level = i;
            updated.add(TensorScope.local(() -> activation.forward(attention.forward(look(levels, level)))));
        }
        return updated;
    }

    /** What a level of H x W sees on itself and its neighbours: (N, C, H, W) each. */
    private List<Tensor> look(List<Tensor> levels, int level) {
        Tensor own = levels.get(level);
        Tensor chosen = offsets.forward(own); // (N, 27, H, W)
        Tensor moves = chosen.narrow(1, 0, OFFSETS);
        Tensor masks = chosen.narrow(1, OFFSETS, MASKS).sigmoid();
        List<Tensor> seen = new ArrayList<>();
        seen.add(fromSame.forward(own, moves, masks));
        if (level > 0) {
            seen.add(fromFiner.forward(levels.get(level - 1), moves, masks));
        }
        if (level < levels.size() - 1) {
            Tensor coarser = levels.get(level + 1); // (N, C, h, w)
            Tensor small = fromCoarser.forward(coarser, relaid(moves, coarser), relaid(masks, coarser));
            seen.add(torch.upsample_bilinear2d(small, new long[] {own.size(2), own.size(3)}, true));
        }
        return seen;
    }

    /**
     * The first numbers of each picture's (C, H, W) read as (C, h, w). The published weights were trained with a
     * convolution that takes the buffers of the finer level for ones of its own, smaller output.
     */
    private static Tensor relaid(Tensor x, Tensor smaller) {
        long pictures = x.size(0);
        long channels = x.size(1);
        long height = smaller.size(2);
        long width = smaller.size(3);
        return x.reshape(pictures, -1)
                .narrow(1, 0, channels * height * width)
                .reshape(pictures, channels, height, width);
    }
}
