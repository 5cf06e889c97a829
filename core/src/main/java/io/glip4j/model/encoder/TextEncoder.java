package io.glip4j.model.encoder;

import io.glip4j.model.TextBatch;
import io.glip4j.model.TextFeatures;

/** Tokens to word features. */
public interface TextEncoder {
    TextFeatures forward(TextBatch text);
}
