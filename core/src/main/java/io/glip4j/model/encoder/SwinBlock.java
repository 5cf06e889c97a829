package io.glip4j.model.encoder;

import io.glip4j.model.Mode;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.LayerNorm;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parameters;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** A Swin block (Liu et al. 2021): attention within windows and an MLP, each on normalised input. */
final class SwinBlock {
    private static final int MLP_RATIO = 4;
    private static final Initializer LAYER_SCALE = Initializer.constant(1e-4);

    /**
     * What distinguishes the blocks of a stage.
     *
     * @param shift positions by which the windows are moved, 0 for none
     * @param layerScale whether a learned gamma multiplies both branches
     * @param dropPath probability of leaving out a branch when training
     */
    record Config(int channels, int heads, int window, int shift, boolean layerScale, double dropPath) {}

    private final int window;
    private final int shift;
    private final StochasticDepth depth;
    private final @Nullable Tensor gamma; // (C)
    private final LayerNorm attentionNorm;
    private final WindowAttention attention;
    private final LayerNorm mlpNorm;
    private final Linear expand;
    private final Linear contract;

    SwinBlock(Parameters parameters, Config config) {
        int channels = config.channels();
        this.window = config.window();
        this.shift = config.shift();
        this.depth = new StochasticDepth(config.dropPath());
        this.gamma = config.layerScale() ? parameters.register("gamma", LAYER_SCALE, channels) : null;
        this.attentionNorm = new LayerNorm(parameters.at("norm1"), channels, SwinEncoder.EPSILON);
        this.attention = new WindowAttention(parameters.at("attn"), channels, config.heads(), window);
        this.mlpNorm = new LayerNorm(parameters.at("norm2"), channels, SwinEncoder.EPSILON);
        long hidden = (long) MLP_RATIO * channels;
        this.expand = Linear.withBias(parameters.at("mlp").at("fc1"), SwinEncoder.INITIALIZER, channels, hidden);
        this.contract = Linear.withBias(parameters.at("mlp").at("fc2"), SwinEncoder.INITIALIZER, hidden, channels);
    }

    boolean shifts() {
        return shift > 0;
    }

    /**
     * Mixes and transforms a feature map.
     *
     * @param map (N, H, W, C)
     * @param shiftMask of the padded map, used where the block shifts its windows
     * @return (N, H, W, C)
     */
    Tensor forward(Tensor map, Tensor shiftMask, Mode mode) {
        Tensor mixed = map.add(branch(attend(attentionNorm.forward(map), shiftMask), mode));
        Tensor expanded = torch.gelu(expand.forward(mlpNorm.forward(mixed))); // (N, H, W, 4C)
        return mixed.add(branch(contract.forward(expanded), mode));
    }

    private Tensor attend(Tensor map, Tensor shiftMask) {
        Tensor padded = Windows.roll(Windows.pad(map, window), shift); // (N, H', W', C)
        Tensor windows = Windows.partition(padded, window); // (N*K, L, C)
        Tensor attended = attention.forward(windows, shifts() ? shiftMask : null); // (N*K, L, C)
        Tensor merged = Windows.merge(attended, window, padded.size(1), padded.size(2)); // (N, H', W', C)
        return Windows.roll(merged, -shift).narrow(1, 0, map.size(1)).narrow(2, 0, map.size(2)); // (N, H, W, C)
    }

    private Tensor branch(Tensor out, Mode mode) {
        return depth.forward(gamma == null ? out : out.mul(gamma), mode);
    }
}
