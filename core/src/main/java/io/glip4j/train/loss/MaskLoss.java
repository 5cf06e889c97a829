package io.glip4j.train.loss;

import io.glip4j.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** How far the masks inside R boxes are from the objects' outlines. */
public final class MaskLoss {
    private MaskLoss() {}

    /**
     * Binary cross-entropy of the mean of each phrase's token logits, averaged over all pixels, 0 without boxes; a
     * scalar.
     *
     * @param wordLogits (R, T, S, S)
     * @param tokens for each of the R boxes the positions of the tokens that name it, at least one
     * @param targets (R, S, S), see {@link MaskTargets}
     */
    public static Tensor of(Tensor wordLogits, List<List<Integer>> tokens, Tensor targets) {
        int boxes = tokens.size();
        if (boxes == 0) {
            return Tensors.times(wordLogits.sum(), 0);
        }
        int width = Math.toIntExact(wordLogits.size(1));
        float[] shares = new float[boxes * width];
        for (int box = 0; box < boxes; box++) {
            for (int token : tokens.get(box)) {
                shares[box * width + token] += 1f / tokens.get(box).size();
            }
        }
        Tensor share = Tensors.of(shares, boxes, 1, width);
        Tensor logits = share.matmul(wordLogits.flatten(2, 3)).view_as(targets); // (R, S, S)
        return torch.binary_cross_entropy_with_logits(logits, targets);
    }
}
