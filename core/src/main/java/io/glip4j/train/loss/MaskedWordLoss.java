package io.glip4j.train.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Masked language modelling (Devlin et al., BERT, 2018): the words behind the masks, from fused features. */
public final class MaskedWordLoss {
    /** The label of a token that was not masked. */
    public static final long NOT_MASKED = -100;

    private static final long SUM = 2;

    private MaskedWordLoss() {}

    /**
     * Mean cross-entropy over the masked positions, 0 if there are none; a scalar.
     *
     * @param logits (N, T, V) over the vocabulary
     * @param labels (N, T) int64: the word's id where it was masked, {@link #NOT_MASKED} elsewhere
     */
    public static Tensor of(Tensor logits, Tensor labels) {
        Tensor rows = torch.nonzero(labels.flatten().ne(new Scalar(NOT_MASKED))).squeeze(1);
        Tensor masked = logits.flatten(0, 1).index_select(0, rows); // (M, V)
        Tensor words = labels.flatten().index_select(0, rows); // (M)
        Tensor sum = torch.cross_entropy_loss(masked, words, new TensorOptional(), SUM, NOT_MASKED, 0);
        return sum.div(new Scalar(Math.max(rows.numel(), 1)));
    }
}
