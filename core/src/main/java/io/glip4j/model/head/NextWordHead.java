package io.glip4j.model.head;

import io.glip4j.torch.Embedding;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.LinearKernel;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * Predicts the word after each word of a description from the fused text. Its decoder is the text encoder's own table
 * of words (Press and Wolf 2017; the captions of Oscar, Li et al. 2020, are made so), which keeps a small model small.
 */
public final class NextWordHead {
    private final WordTransform transform;
    private final LinearKernel linear;
    private final Embedding words;
    private final Tensor bias;

    /**
     * Registers {@code transform.dense}, {@code transform.LayerNorm} and {@code bias}.
     *
     * @param words the text encoder's, (vocabulary, Ct)
     */
    public NextWordHead(Parameters parameters, Embedding words, long textWidth, long vocabulary) {
        this.transform = new WordTransform(parameters.at("transform"), textWidth);
        this.linear = LinearKernel.of(parameters.form());
        this.words = words;
        this.bias = parameters.register("bias", Initializer.ZEROS, vocabulary);
    }

    /** (..., Ct) fused text to (..., vocabulary) logits. */
    public Tensor forward(Tensor text) {
        return Tensors.exact(linear.apply(transform.forward(text), words.weight(), bias));
    }
}
