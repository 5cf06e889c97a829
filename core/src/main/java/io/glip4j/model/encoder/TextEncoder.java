package io.glip4j.model.encoder;

import io.glip4j.model.BertConfig;
import io.glip4j.model.ClipTextConfig;
import io.glip4j.model.TextBatch;
import io.glip4j.model.TextEncoderConfig;
import io.glip4j.model.TextFeatures;
import io.glip4j.torch.Embedding;
import io.glip4j.torch.Parameters;
import org.bytedeco.pytorch.Tensor;

/** Tokens to word features. */
public interface TextEncoder {
    /** Encodes a batch of token sequences, no longer than the encoder has positions for. */
    TextFeatures forward(TextBatch text);

    /**
     * Encodes tokens that look at earlier ones only.
     *
     * @param tokenIds (N, T) int64, at the positions after {@code before}
     * @return (N, T, C), the last layer
     */
    Tensor causal(Tensor tokenIds, WordsBefore before);

    /** The table of the tokens' vectors, (vocabulary, C). */
    Embedding words();

    /** The text encoder that the configuration names, registered at {@code parameters}. */
    static TextEncoder of(Parameters parameters, TextEncoderConfig config) {
        if (config instanceof BertConfig bert) {
            return new BertTextEncoder(parameters, bert);
        }
        return new ClipTextEncoder(parameters, (ClipTextConfig) config);
    }
}
