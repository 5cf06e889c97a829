package io.glip4j.model.reading;

import io.glip4j.model.TextEncoderConfig;
import io.glip4j.model.encoder.TextLayer;
import io.glip4j.model.encoder.TokenContext;
import io.glip4j.model.head.WordAlignment;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Segment;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.bytedeco.pytorch.Tensor;

/**
 * What the words of questions and descriptions go through after the fusion encoder, where that is shallow: in each block
 * they read the picture as its last dynamic head leaves it, then look at each other. Where they are grounded in it is
 * found once, before the first block, and nothing that is learned here changes it. The picture has seen no words, so
 * that it is finished once for all texts.
 */
public final class PictureReader {
    /** Layers of a block: attention to the picture, text layer. */
    public static final int LAYERS_PER_BLOCK = 2;
    /** What the dynamic head's features, which are a few tenths, are multiplied by before they are read. */
    public static final double FEATURE_SCALE = 3;

    private record Block(Segment<SentinelAttention> attention, Segment<TextLayer> text) {}

    private final List<Block> blocks = new ArrayList<>();
    private final int channels;

    /** Registers block i as {@code 2i} and {@code 2i+1}. */
    public PictureReader(Parameters parameters, int blocks, int channels, int levels, TextEncoderConfig text) {
        this.channels = channels;
        for (int block = 0; block < blocks; block++) {
            int first = LAYERS_PER_BLOCK * block;
            this.blocks.add(new Block(
                    Segment.of(
                            parameters.at(first),
                            at -> new SentinelAttention(
                                    at, channels, FinishedPicture.channels(channels, levels), text.width())),
                    Segment.of(parameters.at(first + 1), at -> TextLayer.forFusion(at, text))));
        }
    }

    /** Levels (N, C, H, W) of the last dynamic head, finest first, as words read them: (N, P, C + G). */
    public static Tensor finished(List<Tensor> levels) {
        return FinishedPicture.of(levels);
    }

    /**
     * Lets fused words read their pictures.
     *
     * @param pictures (N, P, C + G), {@link #finished}
     * @param texts (K * N, T, Ct), K texts for each picture in turn
     * @param alignment tells where words are grounded
     * @param contexts whom words look at in text layer i of this reader
     * @return (K * N, T, Ct)
     */
    public Tensor forward(Tensor pictures, Tensor texts, WordAlignment alignment, IntFunction<TokenContext> contexts) {
        Tensor grounded = TensorScope.local(() -> grounded(pictures, texts, alignment));
        Tensor words = texts;
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            TokenContext context = contexts.apply(i);
            Tensor read = block.attention()
                    .forward(
                            List.of(pictures, grounded, words),
                            (layer, in) -> List.of(layer.forward(in.get(0), in.get(1), in.get(2))))
                    .get(0);
            words = block.text().map(read, (layer, in) -> layer.forward(in, context));
        }
        return words;
    }

    /** (N, K * T, P), without gradients. */
    private Tensor grounded(Tensor pictures, Tensor texts, WordAlignment alignment) {
        Tensor features = Tensors.times(Tensors.exact(pictures.detach()).narrow(2, 0, channels), 1 / FEATURE_SCALE);
        Tensor words = Tensors.exact(texts.detach()).view(pictures.size(0), -1, texts.size(2)); // (N, K * T, Ct)
        return alignment
                .logits(features, alignment.words(words))
                .transpose(1, 2)
                .detach();
    }
}
