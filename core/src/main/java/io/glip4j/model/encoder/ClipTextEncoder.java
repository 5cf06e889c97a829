package io.glip4j.model.encoder;

import io.glip4j.model.ClipTextConfig;
import io.glip4j.model.TextBatch;
import io.glip4j.model.TextFeatures;
import io.glip4j.torch.Embedding;
import io.glip4j.torch.LayerNorm;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Segment;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** A CLIP-style text encoder (Radford et al. 2021) whose tokens all see each other. */
public final class ClipTextEncoder implements TextEncoder {
    private final ClipTextConfig config;
    private final Embedding words;
    private final Tensor positions; // (maxTokens, C)
    private final List<Segment<ClipTextLayer>> layers;
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
                .mapToObj(layer -> Segment.of(blocks.at(layer), at -> new ClipTextLayer(at, config)))
                .toList();
        this.norm = new LayerNorm(parameters.at("ln_final"), width, ClipTextLayer.EPSILON);
    }

    @Override
    public TextFeatures forward(TextBatch text) { // ids and mask (N, T)
        Tensor mask = text.attentionMask();
        Tensor hidden = encode(text.tokenIds(), 0, layer -> TokenContext.whole(mask));
        return new TextFeatures(hidden, hidden, mask);
    }

    @Override
    public Tensor causal(Tensor tokenIds, WordsBefore before) {
        return encode(tokenIds, before.count(), before::inLayer);
    }

    @Override
    public Embedding words() {
        return words;
    }

    private Tensor encode(Tensor tokenIds, long first, IntFunction<TokenContext> contexts) {
        long tokens = TokenPositions.count(tokenIds, first, config.maxTokens());
        Tensor hidden = words.forward(tokenIds).add(positions.narrow(0, first, tokens)); // (N, T, C)
        for (int i = 0; i < layers.size(); i++) {
            TokenContext context = contexts.apply(i);
            hidden = layers.get(i).map(hidden, (layer, in) -> layer.forward(in, context)); // (N, T, C)
        }
        return norm.forward(hidden);
    }
}
