package io.glip4j.model.fusion;

import io.glip4j.model.FusionConfig;
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
final class DynamicHead implements PictureLayer {
    private final DynamicHeadWeights weights;

    /** Registers what {@link DynamicHeadWeights} names. */
    DynamicHead(Parameters parameters, FusionConfig config) {
        this.weights = new DynamicHeadWeights(parameters, config);
    }

    @Override
    public List<Tensor> forward(List<Tensor> levels) { // (N, C, H, W) each
        List<Tensor> updated = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            int level = i;
            updated.add(TensorScope.local(
                    () -> weights.activation.forward(weights.attention.forward(look(levels, level)))));
        }
        return updated;
    }

    /** What a level of H x W sees on itself and its neighbours: (N, C, H, W) each. */
    private List<Tensor> look(List<Tensor> levels, int level) {
        Tensor own = levels.get(level);
        Tensor chosen = weights.offsets.forward(own); // (N, 27, H, W)
        Tensor moves = chosen.narrow(1, 0, DynamicHeadWeights.OFFSETS);
        Tensor masks = chosen.narrow(1, DynamicHeadWeights.OFFSETS, DynamicHeadWeights.MASKS)
                .sigmoid();
        List<Tensor> seen = new ArrayList<>();
        seen.add(weights.fromSame.forward(own, moves, masks));
        if (level > 0) {
            seen.add(weights.fromFiner.forward(levels.get(level - 1), moves, masks));
        }
        if (level < levels.size() - 1) {
            Tensor coarser = levels.get(level + 1); // (N, C, h, w)
            Tensor small = weights.fromCoarser.forward(coarser, relaid(moves, coarser), relaid(masks, coarser));
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
