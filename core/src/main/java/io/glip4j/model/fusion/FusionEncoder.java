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
import io.glip4j.torch.Segment;
import io.glip4j.torch.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;

/** The deep fusion encoder: in every block picture and words attend to each other, then each side to itself. */
public final class FusionEncoder {
    /** Layers of a block: cross-attention, text layer, dynamic head. */
    public static final int LAYERS_PER_BLOCK = 3;

    /** Two readings of the same weights: both sides of the attention, and its words' side alone. */
    private record Attention(FusionLayer both, PictureReading reading) {
        static Attention of(Parameters parameters, FusionConfig config, TextEncoderConfig text) {
            Form form = parameters.form();
            BiAttentionWeights weights = new BiAttentionWeights(parameters.at("b_attn"), config, text.width());
            FusionLayer both =
                    form.rearranged() ? new FoldedBiAttention(form, config, weights) : new BiAttention(config, weights);
            return new Attention(both, new PictureReading(config, weights));
        }
    }

    /** The layers {@code 3i}, {@code 3i+1} and {@code 3i+2}. */
    private record Block(Segment<Attention> attention, Segment<TextLayer> text, Segment<PictureLayer> picture) {}

    private final List<Block> blocks;
    private final int textEncoderLayers;

    /** Registers block i as {@code 3i}, {@code 3i+1} and {@code 3i+2}. */
    public FusionEncoder(Parameters parameters, FusionConfig config, TextEncoderConfig text) {
        List<Block> made = new ArrayList<>();
        for (int block = 0; block < config.blocks(); block++) {
            int first = LAYERS_PER_BLOCK * block;
            made.add(new Block(
                    Segment.of(parameters.at(first), at -> Attention.of(at, config, text)),
                    Segment.of(parameters.at(first + 1), at -> TextLayer.forFusion(at, text)),
                    Segment.of(parameters.at(first + 2), at -> dynamicHead(at, config))));
        }
        this.blocks = List.copyOf(made);
        this.textEncoderLayers = text.layers();
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
        FusedFeatures fused = features;
        for (int i = 0; i < blocks.size(); i++) {
            fused = through(i, fused, attentionMask, mode);
        }
        return fused;
    }

    /** Through block i; frees what goes in, but for the first, whose is the caller's. */
    private FusedFeatures through(int i, FusedFeatures features, Tensor attentionMask, Mode mode) {
        Block block = blocks.get(i);
        FusedFeatures attended = step(block.attention(), Attention::both, features, attentionMask, mode);
        if (i > 0) {
            free(features);
        }
        FusedFeatures told = step(block.text(), FusionEncoder::onText, attended, attentionMask, mode);
        free(attended);
        FusedFeatures fused = step(block.picture(), layer -> layer, told, attentionMask, mode);
        free(told);
        return fused;
    }

    /**
     * The words of {@link #forward} alone, for those who need no boxes: of the last block the picture's side, which no
     * word sees, is left out.
     *
     * @param features of N pictures and K * N texts, K for each picture in turn
     * @return (K * N, T, Ct)
     */
    public Tensor words(FusedFeatures features, Tensor attentionMask, Mode mode) {
        FusedFeatures fused = blocks.size() > 1 ? rowByRow(features) : features;
        for (int i = 0; i < blocks.size() - 1; i++) {
            fused = through(i, fused, attentionMask, mode);
        }
        Block last = blocks.get(blocks.size() - 1);
        List<Tensor> levels = fused.levels();
        List<Tensor> in = new ArrayList<>(levels);
        in.add(fused.text());
        Tensor read = last.attention()
                .forward(in, (layer, seen) -> {
                    PictureReading reading = layer.reading();
                    Tensor picture = reading.kept(reading.picture(seen.subList(0, levels.size()))); // (N, P, C)
                    return List.of(reading.forward(picture, seen.get(levels.size()), mode));
                })
                .get(0);
        if (blocks.size() > 1) { // else it is the caller's
            free(fused);
        }
        return last.text()
                .forward(
                        List.of(read, attentionMask), (layer, told) -> List.of(layer.forward(told.get(0), told.get(1))))
                .get(0);
    }

    /** N pictures and K * N texts to as many pictures as texts. */
    private static FusedFeatures rowByRow(FusedFeatures features) {
        long texts = features.text().size(0);
        List<Tensor> levels = features.levels().stream()
                .map(level -> level.repeat_interleave(texts / level.size(0), new LongOptional(0), new LongOptional()))
                .toList();
        return new FusedFeatures(levels, features.text());
    }

    /** One layer, whose intermediate values are freed: of six blocks at 800 x 1333 they would not fit in memory. */
    private static <L> FusedFeatures step(
            Segment<L> segment, Function<L, FusionLayer> as, FusedFeatures features, Tensor attentionMask, Mode mode) {
        List<Tensor> read = new ArrayList<>(features.levels());
        read.add(features.text());
        read.add(attentionMask);
        int levels = features.levels().size();
        List<Tensor> updated = segment.forward(read, (layer, in) -> {
            FusedFeatures before = new FusedFeatures(in.subList(0, levels), in.get(levels));
            FusedFeatures after = as.apply(layer).forward(before, in.get(levels + 1), mode);
            return Stream.concat(after.levels().stream(), Stream.of(after.text()))
                    .toList();
        });
        return new FusedFeatures(updated.subList(0, levels), updated.get(levels));
    }

    private static void free(FusedFeatures features) {
        TensorScope.free(features.levels());
        TensorScope.free(List.of(features.text()));
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
            PictureReading reading = blocks.get(i).attention().layer().reading();
            Tensor read = TensorScope.local(() -> reading.picture(in)); // (N, P, C)
            memory.add(reading.kept(read));
            if (i < blocks.size() - 1) {
                picture = blocks.get(i).picture().forward(BiAttention.unflatten(read, in), PictureLayer::forward);
            }
        }
        return new PictureMemory(memory, Optional.empty());
    }

    /**
     * What {@link #memorize} leaves out, for those who read a picture after the last block.
     *
     * @param like the levels that were memorized
     * @return the same shapes, as the last dynamic head leaves them
     */
    public List<Tensor> finish(PictureMemory memory, List<Tensor> like) {
        int last = blocks.size() - 1;
        Tensor read = memory.blocks().get(last).to(like.get(0)); // (N, P, C)
        return blocks.get(last).picture().forward(BiAttention.unflatten(read, like), PictureLayer::forward);
    }

    /** Words (K * N, T, Ct) of K texts for each of N pictures in turn, each of which sees the picture and earlier words. */
    public Tensor describe(PictureMemory pictures, Tensor text, WordsBefore before, Mode mode) {
        Tensor fused = text;
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            Tensor picture = pictures.blocks().get(i);
            TokenContext context = before.inLayer(textEncoderLayers + i);
            Tensor read = block.attention()
                    .forward(
                            List.of(picture, fused),
                            (layer, in) -> List.of(layer.reading().forward(in.get(0), in.get(1), mode)))
                    .get(0);
            fused = block.text().map(read, (layer, in) -> layer.forward(in, context));
        }
        return fused;
    }

    /** Text layers up to the last block's, those of the text encoder among them. */
    public int textLayers() {
        return textEncoderLayers + blocks.size();
    }

    /** The tower, layer by layer. */
    public List<FusionLayer> layers() {
        return blocks.stream()
                .flatMap(block -> Stream.of(
                        block.attention().layer().both(),
                        onText(block.text().layer()),
                        block.picture().layer()))
                .toList();
    }
}
