package io.glip4j.train.loss;

import io.glip4j.model.head.MaskedWordHead;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.distributed.Ranks;
import java.util.function.UnaryOperator;
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
     * Mean cross-entropy over the masked positions, 0 if there are none; a scalar. The head, whose vocabulary is large,
     * sees only those.
     *
     * @param text (N, T, Ct), fused
     * @param labels (N, T) int64: the word's id where it was masked, {@link #NOT_MASKED} elsewhere
     */
    public static Tensor of(MaskedWordHead head, Tensor text, Tensor labels) {
        return of(head::forward, text, labels, Ranks.ALONE);
    }

    /** This rank's share, so scaled that the mean over ranks is the mean over all masked positions. */
    public static Tensor of(MaskedWordHead head, Tensor text, Tensor labels, Ranks ranks) {
        return of(head::forward, text, labels, ranks);
    }

    static Tensor of(UnaryOperator<Tensor> head, Tensor text, Tensor labels, Ranks ranks) {
        Tensor rows = torch.nonzero(labels.flatten().ne(new Scalar(NOT_MASKED))).squeeze(1); // (M)
        Tensor logits = head.apply(text.flatten(0, 1).index_select(0, rows)); // (M, V)
        Tensor words = labels.flatten().index_select(0, rows); // (M)
        Tensor sum = torch.cross_entropy_loss(logits, words, new TensorOptional(), SUM, NOT_MASKED, 0);
        return Tensors.times(sum, ranks.count() / Math.max(ranks.sums((double) rows.numel())[0], 1));
    }
}
