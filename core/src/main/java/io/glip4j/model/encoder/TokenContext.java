package io.glip4j.model.encoder;

import io.glip4j.torch.Attention;
import org.bytedeco.pytorch.Tensor;

/** Whom the tokens at hand look at in one text layer; N texts, H heads of D channels. */
@FunctionalInterface
public interface TokenContext {
    /**
     * What T tokens look at.
     *
     * @param keys (N, H, S, D)
     * @param values (N, H, S, D)
     * @param bias to be added to scores (N, H, T, S): the lowest number where a token does not look
     */
    record Seen(Tensor keys, Tensor values, Tensor bias) {}

    /** What the tokens with these keys and values, (N, H, T, D) each, look at. */
    Seen of(Tensor keys, Tensor values);

    /** All tokens of their text but padding: {@code attentionMask} (N, T) is 1 at tokens, 0 at padding. */
    static TokenContext whole(Tensor attentionMask) {
        return (keys, values) -> new Seen(keys, values, Attention.paddingBias(attentionMask));
    }

    /** Those before them in their text, and themselves; padding at a text's end is seen by padding only. */
    static TokenContext causal() {
        return (keys, values) -> new Seen(keys, values, Attention.causalBias(0, keys.size(2), keys));
    }
}
