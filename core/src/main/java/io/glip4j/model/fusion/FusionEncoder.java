package io.glip4j.model.fusion;

import io.glip4j.model.FusedFeatures;
import io.glip4j.model.FusionConfig;
import io.glip4j.model.Mode;
import io.glip4j.model.TextEncoderConfig;
import io.glip4j.model.encoder.TextLayer;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The deep fusion encoder: in every block picture and words attend to each other, then each side to itself. */
public final class FusionEncoder {
    /** Layers of a block: cross-attention, text layer, dynamic head. */
    public static final int LAYERS_PER_BLOCK = 3;

    private final List<FusionLayer> layers;

    /** Registers block i as {@code 3i}, {@code 3i+1} and {@code 3i+2}. */
    public FusionEncoder(Parameters parameters, FusionConfig config, TextEncoderConfig text) {
        List<FusionLayer> tower = new ArrayList<>();
        for (int block = 0; block < config.blocks(); block++) {
            int first = LAYERS_PER_BLOCK * block;
            tower.add(attention(parameters.at(first).at("b_attn"), config, text.width()));
            tower.add(onText(TextLayer.forFusion(parameters.at(first + 1), text)));
            tower.add(dynamicHead(parameters.at(first + 2), config));
        }
        this.layers = List.copyOf(tower);
    }

    private static FusionLayer attention(Parameters parameters, FusionConfig config, long textWidth) {
        return parameters.form().rearranged()
                ? new FoldedBiAttention(parameters, config, textWidth)
                : new BiAttention(parameters, config, textWidth);
    }

    private static FusionLayer dynamicHead(Parameters parameters, FusionConfig config) {
        return parameters.form().rearranged()
                ? new FusedDynamicHead(parameters, config)
                : new DynamicHead(parameters, config);
    }

    private static FusionLayer onText(TextLayer layer) {
        return (features, attentionMask, mode) ->
                new FusedFeatures(features.levels(), layer.forward(features.text(), attentionMask));
    }

    /** Levels (N, C, H, W) and text (N, T, Ct) to the same shapes; {@code attentionMask} (N, T) is 0 at padding. */
    public FusedFeatures forward(FusedFeatures features, Tensor attentionMask, Mode mode) {
        FusedFeatures fused = features;
        for (FusionLayer layer : layers) {
            fused = step(layer, fused, attentionMask, mode);
        }
        return fused;
    }

    /** One layer, whose intermediate values are freed: of six blocks at 800 x 1333 they would not fit in memory. */
    private static FusedFeatures step(FusionLayer layer, FusedFeatures features, Tensor attentionMask, Mode mode) {
        try (TensorScope scope = TensorScope.open()) {
            FusedFeatures updated = layer.forward(features, attentionMask, mode);
            List<Tensor> levels = updated.levels().stream().map(scope::handOver).toList();
            return new FusedFeatures(levels, scope.handOver(updated.text()));
        }
    }

    /** The tower, layer by layer. */
    public List<FusionLayer> layers() {
        return layers;
    }
}
