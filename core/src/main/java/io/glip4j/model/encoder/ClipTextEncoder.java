package io.glip4j.model.encoder;

import io.glip4j.model.ClipTextConfig;
import io.glip4j.model.TextBatch;
import io.glip4j.model.TextFeatures;
import io.glip4j.torch.Embedding;
import io.glip4j.torch.LayerNorm;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** A CLIP-style text encoder (Radford et al. 2021) whose tokens all see each other. */
public final class ClipTextEncoder implements TextEncoder {
    private final ClipTextConfig config;
    private final Embedding words;
    private final Tensor positions; // (maxTokens, C)
    private final List<ClipTextLayer> layers;
    private final LayerNorm norm;

    /** Registers {@code token_embedding}, {@code positional_embedding}, {@code resblocks.*} and {@code ln_final}. */
    public ClipTextEncoder(Parameters parameters, ClipTextConfig config) {
        int width = config.width();
        Parameters blocks = parameters.at("resblocks");
        this.config = config;
        this.words =
                new Embedding(parameters.at("token_embedding"), ClipTextLayer.INITIALIZER, config.vocabulary(), width);
        this.positions =
                parameters.register("positional_embedding", ClipTextLayer.INITIALIZER, config.maxTokens(), width);
        this.layers = IntStream.range(0, config.layers())
                .mapToObj(layer -> new ClipTextLayer(blocks.at(layer), config))
                .toList();
        this.norm = new LayerNorm(parameters.at("ln_final"), width, ClipTextLayer.EPSILON);
    }

    @Override
    public TextFeatures forward(TextBatch text) { // ids and mask (N, T)
        Tensor mask = text.attentionMask();
        long tokens = TokenPositions.count(text.tokenIds(), config.maxTokens());
        Tensor hidden = words.forward(text.tokenIds()).add(positions.narrow(0, 0, tokens)); // (N, T, C)
        for (ClipTextLayer layer : layers) {
            Tensor in = hidden;
            hidden = TensorScope.local(() -> layer.forward(in, mask)); // (N, T, C)
        }
        Tensor normed = norm.forward(hidden);
        return new TextFeatures(normed, normed, mask);
    }
}
