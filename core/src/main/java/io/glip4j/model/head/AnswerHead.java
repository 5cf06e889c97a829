package io.glip4j.model.head;

import io.glip4j.torch.Initializer;
import io.glip4j.torch.LayerNorm;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parameters;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Scores the answers of a fixed list from a question's fused start token (GLIPv2, section 3.3); the layers are those of
 * ViLT (Kim et al. 2021) and METER (Dou et al. 2022): twice as wide, normalised, GELU, one logit an answer. Unlike there
 * every answer starts improbable (Lin et al., focal loss, 2017), so that thousands of wrong ones do not outweigh the other
 * tasks of a first step.
 */
public final class AnswerHead {
    private static final Initializer WEIGHTS = Initializer.normal(0.02);
    private static final double PRIOR_PROBABILITY = 0.01;
    private static final double NORM_EPSILON = 1e-5;
    private static final int START = 0;
    private static final int WIDENED = 2;

    private final Linear expand;
    private final LayerNorm norm;
    private final Linear decoder;
    private final Tensor bias;

    /** Registers {@code dense}, {@code LayerNorm} and {@code decoder}. */
    public AnswerHead(Parameters parameters, long textWidth, long answers) {
        long width = WIDENED * textWidth;
        this.expand = Linear.withBias(parameters.at("dense"), WEIGHTS, textWidth, width);
        this.norm = new LayerNorm(parameters.at("LayerNorm"), width, NORM_EPSILON);
        double prior = -Math.log((1 - PRIOR_PROBABILITY) / PRIOR_PROBABILITY);
        this.decoder = Linear.withoutBias(parameters.at("decoder"), WEIGHTS, width, answers);
        this.bias = parameters.at("decoder").register("bias", Initializer.constant(prior), answers);
    }

    /** (N, T, Ct) fused questions to (N, A) logits, each answer's own: several may be right. */
    public Tensor forward(Tensor text) {
        Tensor start = text.select(1, START); // (N, Ct)
        return decoder.forward(torch.gelu(norm.forward(expand.forward(start)))).add(bias);
    }
}
