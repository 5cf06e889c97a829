package io.glip4j.train.loss;

import io.glip4j.torch.Tensors;
import io.glip4j.torch.distributed.Ranks;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Cross-entropy of words told from fused features: those behind masks (Devlin et al., BERT, 2018), or next ones. */
public final class WordLoss {
    /** The label of a token from which no word is told. */
    public static final long NOT_TOLD = -100;

    private static final long SUM = 2;

    private WordLoss() {}

    /**
     * Mean cross-entropy over the words told, 0 if there are none; a scalar, so scaled that the mean over ranks is the
     * mean over the words of all ranks. The head, whose vocabulary is large, sees only the tokens it tells from.
     *
     * @param head (M, Ct) to (M, vocabulary) logits
     * @param text (N, T, Ct), fused
     * @param labels (N, T) int64: the id of the word to be told from a token, or {@link #NOT_TOLD}
     */
    public static Tensor of(UnaryOperator<Tensor> head, Tensor text, Tensor labels, Ranks ranks) {
        Tensor rows = torch.nonzero(labels.flatten().ne(new Scalar(NOT_TOLD))).squeeze(1); // (M)
        Tensor logits = head.apply(text.flatten(0, 1).index_select(0, rows)); // (M, V)
        Tensor words = labels.flatten().index_select(0, rows); // (M)
        Tensor sum = torch.cross_entropy_loss(logits, words, new TensorOptional(), SUM, NOT_TOLD, 0);
        return Tensors.times(sum, ranks.count() / Math.max(ranks.sums((double) rows.numel())[0], 1));
    }
}
