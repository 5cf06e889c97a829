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
     * @param logits (N, A, T)
     * @param targets (N, A, T), 0 and 1
     * @param mask (N, T), 1 at tokens, 0 at padding
     */
    public Tensor sum(Tensor logits, Tensor targets, Tensor mask) {
        Tensor sign = Tensors.plus(Tensors.times(targets, -2), 1); // 1 at negatives, -1 at positives
        Tensor wrongness = logits.mul(sign); // logit of the wrong answer
        Tensor crossEntropy = torch.log_sigmoid(wrongness.neg()).neg();
        Tensor share = Tensors.plus(Tensors.times(targets, 2 * alpha - 1), 1 - alpha);
        Tensor loss = torch.sigmoid(wrongness)
                .pow(new Scalar(gamma))
                .mul(crossEntropy)
                .mul(share.mul(mask.unsqueeze(1)));
        return loss.sum();
    }
}
