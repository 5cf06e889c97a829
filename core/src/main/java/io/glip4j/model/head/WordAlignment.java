package io.glip4j.model.head;

import io.glip4j.torch.Initializer;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * How well each visual feature matches each word: the region-word alignment scores of GLIP (section 3.1), with the
 * learned scale and biases of the published network. N texts of T tokens, width Ct; visual features of C channels.
 */
public final class WordAlignment {
    private static final double PRIOR_PROBABILITY = 0.01;
    private static final double LOGIT_BOUND = 50_000;
    /** Of the normalised words, what is projected. */
    public static final double PROJECTED_SHARE = 0.5;

    private final Linear textProjection;
    private final Tensor logScale;
    private final Tensor textBias;
    private final @Nullable Tensor constantBias;

    private WordAlignment(Parameters parameters, long channels, long textWidth, @Nullable Tensor constantBias) {
        textProjection = Linear.withBias(
                parameters.at("dot_product_projection_text"), Initializer.xavierUniform(), textWidth, channels);
        logScale = parameters.register("log_scale", Initializer.ZEROS, 1);
        textBias = parameters.register("bias_lang", Initializer.ZEROS, textWidth);
        this.constantBias = constantBias;
    }

    /** With {@code bias0}, which starts where every word has the prior probability 0.01. */
    public static WordAlignment withConstantBias(Parameters parameters, long channels, long textWidth) {
        double prior = -Math.log((1 - PRIOR_PROBABILITY) / PRIOR_PROBABILITY);
        return new WordAlignment(
                parameters, channels, textWidth, parameters.register("bias0", Initializer.constant(prior), 1));
    }

    /** Without {@code bias0}, as the mask head has it. */
    public static WordAlignment withoutConstantBias(Parameters parameters, long channels, long textWidth) {
        return new WordAlignment(parameters, channels, textWidth, null);
    }

    /** What the text contributes, computed once for all pyramid levels. */
    public Words words(Tensor text) { // (N, T, Ct)
        Tensor normalised = Tensors.normalizeLast(text);
        Tensor bias = torch.matmul(normalised, textBias); // (N, T)
        return new Words(
                textProjection.forward(Tensors.times(normalised, PROJECTED_SHARE)),
                constantBias == null ? bias : bias.add(constantBias));
    }

    /** (N, P, C) visual features against the words of their own text: (N, P, T) logits. */
    public Tensor logits(Tensor visual, Words words) {
        Tensor products =
                torch.matmul(visual, words.projected().transpose(1, 2)).div(logScale.exp());
        return Tensors.clamp(products.add(words.bias().unsqueeze(1)), -LOGIT_BOUND, LOGIT_BOUND);
    }

    /**
     * The words of N texts in the space of the visual features.
     *
     * @param projected (N, T, C)
     * @param bias (N, T)
     */
    public record Words(Tensor projected, Tensor bias) {}
}
