package io.glip4j.model.encoder;

import io.glip4j.torch.Initializer;
import io.glip4j.torch.LayerNorm;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parameters;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** What a Swin block learns, in whichever form it is computed. */
final class SwinBlockWeights {
    private static final int MLP_RATIO = 4;
    private static final Initializer LAYER_SCALE = Initializer.constant(1e-4);

    final LayerNorm attentionNorm;
    final WindowAttention attention;

    private final @Nullable Tensor gamma; // (C)
    private final LayerNorm mlpNorm;
    private final Linear expand;
    private final Linear contract;

    /** Registers {@code gamma} where it is configured, {@code norm1}, {@code attn}, {@code norm2} and {@code mlp}. */
    SwinBlockWeights(Parameters parameters, SwinBlock.Config config) {
        int channels = config.channels();
        this.gamma = config.layerScale() ? parameters.register("gamma", LAYER_SCALE, channels) : null;
        this.attentionNorm = new LayerNorm(parameters.at("norm1"), channels, SwinEncoder.EPSILON);
        this.attention = new WindowAttention(parameters.at("attn"), channels, config.heads(), config.window());
        this.mlpNorm = new LayerNorm(parameters.at("norm2"), channels, SwinEncoder.EPSILON);
        long hidden = (long) MLP_RATIO * channels;
        this.expand = Linear.withBias(parameters.at("mlp").at("fc1"), SwinEncoder.INITIALIZER, channels, hidden);
        this.contract = Linear.withBias(parameters.at("mlp").at("fc2"), SwinEncoder.INITIALIZER, hidden, channels);
    }

    /** The second branch, position by position, before its scale: (..., C) to the same shape. */
    Tensor mlp(Tensor x) {
        return contract.forward(torch.gelu(expand.forward(mlpNorm.forward(x))));
    }

    /** A branch's output by the learned scale of its channels, where there is one. */
    Tensor scaled(Tensor branch) {
        return gamma == null ? branch : branch.mul(gamma);
    }
}
