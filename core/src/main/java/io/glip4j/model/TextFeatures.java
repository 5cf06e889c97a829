package io.glip4j.model;

import org.bytedeco.pytorch.Tensor;

/**
 * What the text encoder says of N sequences of T tokens, width Ct.
 *
 * @param hidden (N, T, Ct), the last layer, which the fusion encoder takes
 * @param embedded (N, T, Ct), as published: for BERT {@code hidden} with padding zeroed
 * @param attentionMask (N, T) int64: 1 at tokens, 0 at padding
 */
public record TextFeatures(Tensor hidden, Tensor embedded, Tensor attentionMask) {}
