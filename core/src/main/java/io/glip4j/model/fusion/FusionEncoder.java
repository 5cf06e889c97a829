package io.glip4j.model.fusion;

import io.glip4j.model.FusedFeatures;
import io.glip4j.model.FusionConfig;
import io.glip4j.model.Mode;
import io.glip4j.model.PictureMemory;
import io.glip4j.model.TextEncoderConfig;
import io.glip4j.model.encoder.TextLayer;
import io.glip4j.model.encoder.TokenContext;
import io.glip4j.model.encoder.WordsBefore;
import io.glip4j.torch.Form;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The deep fusion encoder: in every block picture and words attend to each other, then each side to itself. */
public final class FusionEncoder {
    /** Layers of a block: cross-attention, text layer, dynamic head. */
    public static final int LAYERS_PER_BLOCK = 3;

    /** One block, whose parts are also the layers {@code 3i}, {@code 3i+1} and {@code 3i+2}. */
    private record Block(PictureReading reading, TextLayer text, PictureLayer picture) {}

    private final List<FusionLayer> layers;
    private final List<Block> blocks;
    private final int textEncoderLayers;

    /** Registers block i as {@code 3i}, {@code 3i+1} and {@code 3i+2}. */
    public FusionEncoder(Parameters parameters, FusionConfig config, TextEncoderConfig text) {
        List<FusionLayer> tower = new ArrayList<>();
        List<Block> made = new ArrayList<>();
        for (int block = 0; block < config.blocks(); block++) {
            int first = LAYERS_PER_BLOCK * block;
            Parameters attention = parameters.at(first).at("b_attn");
            BiAttentionWeights weights = new BiAttentionWeights(attention, config, text.width());
            TextLayer textLayer = TextLayer.forFusion(parameters.at(first + 1), text);
            PictureLayer dynamicHead = dynamicHead(parameters.at(first + 2), config);
            tower.add(attention(parameters.form(), config, weights));
            tower.add(onText(textLayer));
            tower.add(dynamicHead);
            made.add(new Block(new PictureReading(config, weights), textLayer, dynamicHead));
        }
        this.layers = List.copyOf(tower);
        this.blocks = List.copyOf(made);
        this.textEncoderLayers = text.layers();
    }

    private static FusionLayer attention(Form form, FusionConfig config, BiAttentionWeights weights) {
        return form.rearranged() ? new FoldedBiAttention(form, config, weights) : new BiAttention(config, weights);
    }

    private static PictureLayer dynamicHead(Parameters parameters, FusionConfig config) {
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
        FusedFeatures fused = step(layers.get(0), features, attentionMask, mode);
        for (FusionLayer layer : layers.subList(1, layers.size())) {
            FusedFeatures read = fused;
            fused = step(layer, read, attentionMask, mode);
            TensorScope.free(read.levels());
            TensorScope.free(List.of(read.text()));
        }
        return fused;
    }

    /**
     * The words of {@link #forward} alone, for those who need no boxes: of the last block the picture's side, which no
     * word sees, is left out.
     *
     * @return (N, T, Ct)
     */
    public Tensor words(FusedFeatures features, Tensor attentionMask, Mode mode) {
        FusedFeatures fused = features;
        for (FusionLayer layer : layers.subList(0, layers.size() - LAYERS_PER_BLOCK)) {
            fused = step(layer, fused, attentionMask, mode);
        }
        Block last = blocks.get(blocks.size() - 1);
        FusedFeatures in = fused;
        return TensorScope.local(() -> {
            Tensor picture = last.reading().kept(last.reading().picture(in.levels())); // (N, P, C)
            return last.text().forward(last.reading().forward(picture, in.text(), mode), attentionMask);
        });
    }

    /** One layer, whose intermediate values are freed: of six blocks at 800 x 1333 they would not fit in memory. */
    private static FusedFeatures step(FusionLayer layer, FusedFeatures features, Tensor attentionMask, Mode mode) {
        try (TensorScope scope = TensorScope.open()) {
            FusedFeatures updated = layer.forward(features, attentionMask, mode);
            List<Tensor> levels = updated.levels().stream().map(scope::handOver).toList();
            return new FusedFeatures(levels, scope.handOver(updated.text()));
        }
    }

    /**
     * The picture's way through the blocks where it reads no words: its features stay as the attention normalises them.
     * The last dynamic head, which no word sees, is left out.
     *
     * @param levels (N, C, H, W), finest first
     */
    public PictureMemory memorize(List<Tensor> levels) {
        List<Tensor> memory = new ArrayList<>();
        List<Tensor> picture = levels;
        for (int i = 0; i < blocks.size(); i++) {
            List<Tensor> in = picture;
            PictureReading reading = blocks.get(i).reading();
            Tensor read = TensorScope.local(() -> reading.picture(in)); // (N, P, C)
            memory.add(reading.kept(read));
            if (i < blocks.size() - 1) {
                picture = step(blocks.get(i).picture(), BiAttention.unflatten(read, in));
            }
        }
        return new PictureMemory(memory);
    }

    private static List<Tensor> step(PictureLayer layer, List<Tensor> levels) {
        try (TensorScope scope = TensorScope.open()) {
            return layer.forward(levels).stream().map(scope::handOver).toList();
        }
    }

    /** Words (K * N, T, Ct) of K texts for each of N pictures in turn, each of which sees the picture and earlier words. */
    public Tensor describe(PictureMemory pictures, Tensor text, WordsBefore before, Mode mode) {
        Tensor fused = text;
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            Tensor picture = pictures.blocks().get(i);
            TokenContext context = before.inLayer(textEncoderLayers + i);
            Tensor in = fused;
            fused = TensorScope.local(() -> block.text().forward(block.reading().forward(picture, in, mode), context));
        }
        return fused;
    }

    /** The tower, layer by layer. */
    public List<FusionLayer> layers() {
        return layers;
    }
}
