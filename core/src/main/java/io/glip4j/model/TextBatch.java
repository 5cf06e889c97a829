package io.glip4j.model;

import org.bytedeco.pytorch.Tensor;

/**
 * N token sequences of T tokens each, padded at the end.
 *
 * @param tokenIds (N, T) int64
 * @param attentionMask (N, T) int64: 1 at tokens, 0 at padding
 */
public record TextBatch(Tensor tokenIds, Tensor attentionMask) {}
