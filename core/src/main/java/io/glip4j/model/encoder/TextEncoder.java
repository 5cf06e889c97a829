package io.glip4j.model.encoder;

import io.glip4j.model.BertConfig;
import io.glip4j.model.ClipTextConfig;
import io.glip4j.model.TextBatch;
import io.glip4j.model.TextEncoderConfig;
import io.glip4j.model.TextFeatures;
import io.glip4j.torch.Parameters;

/** Tokens to word features. */
public interface TextEncoder {
    /** Encodes a batch of token sequences, no longer than the encoder has positions for. */
    TextFeatures forward(TextBatch text);

    /** The text encoder that the configuration names, registered at {@code parameters}. */
    static TextEncoder of(Parameters parameters, TextEncoderConfig config) {
        if (config instanceof BertConfig bert) {
            return new BertTextEncoder(parameters, bert);
        }
        return new ClipTextEncoder(parameters, (ClipTextConfig) config);
    }
}
