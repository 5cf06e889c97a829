package io.glip4j.model.head;

import io.glip4j.torch.Initializer;
import io.glip4j.torch.LayerNorm;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parameters;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What BERT's language-model head does to a word before it is held against the vocabulary. */
final class WordTransform {
    static final Initializer WEIGHTS = Initializer.normal(0.02);

    private static final double NORM_EPSILON = 1e-12;

    private final Linear dense;
    private final LayerNorm norm;

    /** Registers {@code dense} and {@code LayerNorm}. */
    WordTransform(Parameters parameters, long textWidth) {
        this.dense = Linear.withBias(parameters.at("dense"), WEIGHTS, textWidth, textWidth);
        this.norm = new LayerNorm(parameters.at("LayerNorm"), textWidth, NORM_EPSILON);
    }

    /** (..., Ct) to (..., Ct). */
    Tensor forward(Tensor text) {
        return norm.forward(torch.gelu(dense.forward(text)));
    }
}
