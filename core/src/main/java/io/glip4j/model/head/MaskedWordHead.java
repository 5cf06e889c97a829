package io.glip4j.model.head;

import io.glip4j.torch.Initializer;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parameters;
import org.bytedeco.pytorch.Tensor;

/** Predicts masked words from the fused text: BERT's language-model head, its decoder a table of its own. */
public final class MaskedWordHead {
    private final WordTransform transform;
    private final Linear decoder;
    private final Tensor bias;

    /**
     * {@code parameters} is {@code rpn.head.mlm_head} of the published names, where {@code decoder.bias} is a second
     * name of {@code bias}.
     */
    public MaskedWordHead(Parameters parameters, long textWidth, long vocabulary) {
        bias = parameters.register("bias", Initializer.ZEROS, vocabulary);
        transform = new WordTransform(parameters.at("transform"), textWidth);
        decoder = Linear.withoutBias(parameters.at("decoder"), WordTransform.WEIGHTS, textWidth, vocabulary);
    }

    /** (..., Ct) fused text to (..., vocabulary) logits. */
    public Tensor forward(Tensor text) {
        return decoder.forward(transform.forward(text)).add(bias);
    }
}
