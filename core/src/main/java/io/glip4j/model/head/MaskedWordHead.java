package io.glip4j.model.head;

import io.glip4j.torch.Initializer;
import io.glip4j.torch.LayerNorm;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parameters;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Predicts masked words from the fused text: BERT's language-model head, its decoder a table of its own. */
public final class MaskedWordHead {
    private static final double NORM_EPSILON = 1e-12;
    private static final double WEIGHT_DEVIATION = 0.02;

    private final Linear dense;
    private final LayerNorm norm;
    private final Linear decoder;
    private final Tensor bias;

    /**
     * {@code parameters} is {@code rpn.head.mlm_head} of the published names, where {@code decoder.bias} is a second
     * name of {@code bias}.
     */
    public MaskedWordHead(Parameters parameters, long textWidth, long vocabulary) {
        Initializer weights = Initializer.normal(WEIGHT_DEVIATION);
        bias = parameters.register("bias", Initializer.ZEROS, vocabulary);
        Parameters transform = parameters.at("transform");
        dense = Linear.withBias(transform.at("dense"), weights, textWidth, textWidth);
        norm = new LayerNorm(transform.at("LayerNorm"), textWidth, NORM_EPSILON);
        decoder = Linear.withoutBias(parameters.at("decoder"), weights, textWidth, vocabulary);
    }

    /** (..., Ct) fused text to (..., vocabulary) logits. */
    public Tensor forward(Tensor text) {
        return decoder.forward(norm.forward(torch.gelu(dense.forward(text)))).add(bias);
    }
}
