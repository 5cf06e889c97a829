package io.glip4j.train.loss;

import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Sigmoid focal loss (Lin et al., 2017): cross-entropy that counts less the surer the answer already is.
 *
 * @param alpha share of the positives
 * @param gamma how fast sure answers fade
 */
public record FocalLoss(double alpha, double gamma) {
    public static final FocalLoss PUBLISHED = new FocalLoss(0.25, 2);

    /**
     * Summed over all unmasked places; a scalar.
     *
     * @param logits (..., T)
     * @param targets (..., T), 0 and 1
     * @param mask broadcast to (..., T), 1 at tokens, 0 at padding
     */
    public Tensor sum(Tensor logits, Tensor targets, Tensor mask) {
        Tensor sign = Tensors.plus(Tensors.times(targets, -2), 1); // 1 at negatives, -1 at positives
        Tensor share = Tensors.plus(Tensors.times(targets, 2 * alpha - 1), 1 - alpha);
        return unshared(logits.mul(sign)).mul(share.mul(mask)).sum();
    }

    /**
     * The sum where nothing is wanted, which is so for all but few anchors: half the work of {@link #sum}.
     *
     * @param logits (N, A, T)
     * @param anchors (N, A), 1 at the anchors that count, else 0
     * @param mask (N, T), 1 at tokens, 0 at padding
     */
    public Tensor sumOfNegatives(Tensor logits, Tensor anchors, Tensor mask) {
        Tensor ofAnchor = unshared(logits).matmul(mask.unsqueeze(2)).squeeze(2); // (N, A)
        return Tensors.times(ofAnchor.mul(anchors).sum(), 1 - alpha);
    }

    /** Focal cross-entropy by the logit of the wrong answer. */
    private Tensor unshared(Tensor wrong) {
        return torch.sigmoid(wrong).pow(new Scalar(gamma)).mul(torch.softplus(wrong));
    }
}
