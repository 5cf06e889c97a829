package io.glip4j.model.fusion;

import io.glip4j.model.FusionConfig;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.LayerNorm;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parameters;
import org.bytedeco.pytorch.Tensor;

/** What bi-directional attention learns, in whichever form it is computed. */
final class BiAttentionWeights {
    private static final double EPSILON = 1e-5;

    final LayerNorm imageNorm;
    final LayerNorm textNorm;
    final Linear imageQuery;
    final Linear textKey;
    final Linear imageValue;
    final Linear textValue;
    final Linear imageOut;
    final Linear textOut;
    final Tensor imageGamma; // (C)
    final Tensor textGamma; // (Ct)

    /** Registers {@code gamma_*}, {@code layer_norm_*} and {@code attn.*}; both gammas start at 1 / blocks. */
    BiAttentionWeights(Parameters parameters, FusionConfig config, long textWidth) {
        long channels = config.channels();
        long width = config.attentionWidth();
        Initializer gamma = Initializer.constant(1.0 / config.blocks());
        this.imageGamma = parameters.register("gamma_v", gamma, channels);
        this.textGamma = parameters.register("gamma_l", gamma, textWidth);
        this.imageNorm = new LayerNorm(parameters.at("layer_norm_v"), channels, EPSILON);
        this.textNorm = new LayerNorm(parameters.at("layer_norm_l"), textWidth, EPSILON);

        Parameters attention = parameters.at("attn");
        this.imageQuery = linear(attention.at("v_proj"), channels, width);
        this.textKey = linear(attention.at("l_proj"), textWidth, width);
        this.imageValue = linear(attention.at("values_v_proj"), channels, width);
        this.textValue = linear(attention.at("values_l_proj"), textWidth, width);
        this.imageOut = linear(attention.at("out_v_proj"), width, channels);
        this.textOut = linear(attention.at("out_l_proj"), width, textWidth);
    }

    private static Linear linear(Parameters parameters, long in, long out) {
        return Linear.withBias(parameters, Initializer.xavierUniform(), in, out);
    }
}
