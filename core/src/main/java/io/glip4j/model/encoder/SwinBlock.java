package io.glip4j.model.encoder;

import io.glip4j.model.Mode;
import io.glip4j.torch.Parameters;
import org.bytedeco.pytorch.Tensor;

/** A Swin block (Liu et al. 2021): attention within windows and an MLP, each on normalised input. */
sealed interface SwinBlock permits PlainSwinBlock, BandedSwinBlock {
    /**
     * What distinguishes the blocks of a stage.
     *
     * @param shift positions by which the windows are moved, 0 for none
     * @param layerScale whether a learned gamma multiplies both branches
     * @param dropPath probability of leaving out a branch when training
     */
    record Config(int channels, int heads, int window, int shift, boolean layerScale, double dropPath) {}

    /** The block of the form of {@code parameters}; registers what {@link SwinBlockWeights} names. */
    static SwinBlock of(Parameters parameters, Config config) {
        SwinBlockWeights weights = new SwinBlockWeights(parameters, config);
        return parameters.form().rearranged()
                ? new BandedSwinBlock(weights, config)
                : new PlainSwinBlock(weights, config);
    }

    /**
     * Mixes and transforms a feature map.
     *
     * @param map (N, H, W, C)
     * @param shiftMask (K, L, L) of the padded map, used where the block shifts its windows
     * @return (N, H, W, C)
     */
    Tensor forward(Tensor map, Tensor shiftMask, Mode mode);
}
