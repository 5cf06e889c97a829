package io.glip4j.model.encoder;

import io.glip4j.model.BertConfig;
import io.glip4j.model.ClipTextConfig;
import io.glip4j.model.TextEncoderConfig;
import io.glip4j.torch.Parameters;
import org.bytedeco.pytorch.Tensor;

/** One self-attention layer over words, of a text encoder or of the fusion encoder. */
public sealed interface TextLayer permits BertLayer, ClipTextLayer {
    /**
     * Lets every token look at the tokens of its context.
     *
     * @param hidden (N, T, C)
     * @return (N, T, C)
     */
    Tensor forward(Tensor hidden, TokenContext context);

    /**
     * Lets every token look at all tokens of its sequence but padding.
     *
     * @param hidden (N, T, C)
     * @param attentionMask (N, T): 1 at tokens, 0 at padding
     * @return (N, T, C); rows of padding have no meaning
     */
    default Tensor forward(Tensor hidden, Tensor attentionMask) {
        return forward(hidden, TokenContext.whole(attentionMask));
    }

    /** The text layer of a fusion block: of the same kind and size as the text encoder's own. */
    static TextLayer forFusion(Parameters parameters, TextEncoderConfig config) {
        if (config instanceof BertConfig bert) {
            return new BertLayer(parameters, bert, BertLayer.Range.CLAMPED);
        }
        return new ClipTextLayer(parameters, (ClipTextConfig) config);
    }
}
