package io.glip4j.model.encoder;

import io.glip4j.model.Mode;
import io.glip4j.model.SwinConfig;
import io.glip4j.torch.Convolution.Geometry;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.LayerNorm;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Segment;
import io.glip4j.torch.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The Swin transformer (Liu et al. 2021), or its CoSwin form with convolutional embedding and merging
 * ({@link SwinConfig.Version#V2}). Inside, maps are (N, H, W, C).
 */
public final class SwinEncoder implements ImageEncoder {
    static final double EPSILON = 1e-5;

    /** The reference cuts at +-2, a hundred standard deviations: a plain normal. */
    static final Initializer INITIALIZER = Initializer.normal(0.02);

    private final SwinConfig config;
    private final PatchEmbedding patchEmbedding;
    private final List<SwinStage> stages = new ArrayList<>();
    private final List<Segment<PatchMerging>> mergings = new ArrayList<>(); // before stages 1, 2, 3
    private final List<LayerNorm> outputNorms = new ArrayList<>(); // of stages 1, 2, 3

    /** Registers {@code patch_embed.*}, {@code layers.*} and {@code norm1..3}. */
    public SwinEncoder(Parameters parameters, SwinConfig config) {
        this.config = config;
        this.patchEmbedding = new PatchEmbedding(parameters.at("patch_embed"), config);
        for (int stage = 0; stage < SwinConfig.STAGES; stage++) {
            Parameters layer = parameters.at("layers").at(stage);
            stages.add(new SwinStage(layer, config, stage));
            if (stage < SwinConfig.STAGES - 1) {
                int channels = config.channels(stage);
                mergings.add(Segment.of(layer.at("downsample"), at -> PatchMerging.of(at, config.version(), channels)));
            }
        }
        for (int stage = 1; stage < SwinConfig.STAGES; stage++) {
            outputNorms.add(new LayerNorm(parameters.at("norm" + stage), config.channels(stage), EPSILON));
        }
    }

    /** Uniform within 1 / sqrt(fan-in). */
    static Initializer convolution(long in, Geometry geometry) {
        return Initializer.uniform(1 / Math.sqrt((double) in * geometry.kernel() * geometry.kernel()));
    }

    @Override
    public List<Integer> channels() {
        return List.of(config.channels(1), config.channels(2), config.channels(3));
    }

    @Override
    public List<Tensor> forward(Tensor images, Mode mode) { // (N, 3, H, W)
        Tensor patches = TensorScope.local(() -> patchEmbedding.forward(images));
        Tensor map = stages.get(0).consume(patches, mode); // (N, H/4, W/4, C)
        List<Tensor> outputs = new ArrayList<>();
        for (int stage = 1; stage < SwinConfig.STAGES; stage++) {
            Tensor merged = mergings.get(stage - 1).map(map, PatchMerging::forward);
            TensorScope.free(List.of(map));
            map = stages.get(stage).consume(merged, mode);
            outputs.add(output(outputNorms.get(stage - 1), map)); // (N, C, H/8, W/8), then 16 and 32
        }
        TensorScope.free(List.of(map));
        return List.copyOf(outputs);
    }

    private static Tensor output(LayerNorm norm, Tensor map) {
        return TensorScope.local(() -> norm.forward(map).permute(0, 3, 1, 2).contiguous());
    }
}
