package io.glip4j.model.encoder;

import io.glip4j.model.BertConfig;
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

/** BERT (Devlin et al. 2018) without its pooler; every token is of type 0. */
public final class BertTextEncoder implements TextEncoder {
    private static final int TOKEN_TYPES = 2;
    private static final int PADDING_TOKEN = 0;

    private final BertConfig config;
    private final Embedding words;
    private final Embedding positions;
    private final Embedding tokenTypes;
    private final LayerNorm norm;
    private final List<Segment<BertLayer>> layers;

    /** Registers {@code model.embeddings.*} and {@code model.encoder.layer.*}. */
    public BertTextEncoder(Parameters parameters, BertConfig config) {
        int width = config.width();
        Parameters embeddings = parameters.at("model").at("embeddings");
        Parameters encoder = parameters.at("model").at("encoder").at("layer");
        this.config = config;
        this.words = Embedding.withPadding(
                embeddings.at("word_embeddings"), BertLayer.INITIALIZER, config.vocabulary(), width, PADDING_TOKEN);
        this.positions =
                new Embedding(embeddings.at("position_embeddings"), BertLayer.INITIALIZER, config.positions(), width);
        this.tokenTypes =
                new Embedding(embeddings.at("token_type_embeddings"), BertLayer.INITIALIZER, TOKEN_TYPES, width);
        this.norm = new LayerNorm(embeddings.at("LayerNorm"), width, BertLayer.EPSILON);
        this.layers = IntStream.range(0, config.layers())
                .mapToObj(layer -> Segment.of(encoder.at(layer), at -> new BertLayer(at, config, BertLayer.Range.FREE)))
                .toList();
    }

    @Override
    public TextFeatures forward(TextBatch text) { // ids and mask (N, T)
        Tensor mask = text.attentionMask();
        Tensor hidden = encode(text.tokenIds(), 0, layer -> TokenContext.whole(mask));
        return new TextFeatures(hidden, hidden.mul(mask.unsqueeze(2)), mask);
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
        Tensor hidden = norm.forward(embed(tokenIds, first)); // (N, T, C)
        for (int i = 0; i < layers.size(); i++) {
            TokenContext context = contexts.apply(i);
            hidden = layers.get(i).map(hidden, (layer, in) -> layer.forward(in, context)); // (N, T, C)
        }
        return hidden;
    }

    private Tensor embed(Tensor tokenIds, long first) { // (N, T)
        long tokens = TokenPositions.count(tokenIds, first, config.positions());
        return words.forward(tokenIds) // (N, T, C)
                .add(tokenTypes.rows(0, 1)) // (1, C)
                .add(positions.rows(first, tokens)); // (T, C)
    }
}
