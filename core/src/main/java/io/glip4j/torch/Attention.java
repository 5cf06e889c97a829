package io.glip4j.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What every attention does to its tensors before and after the products; H heads of D channels each. */
public final class Attention {
    private static final double LOWEST = -Float.MAX_VALUE;

    private Attention() {}

    /** (N, T, H*D) to (N, H, T, D). */
    public static Tensor splitHeads(Tensor x, long heads) {
        return x.view(x.size(0), x.size(1), heads, x.size(2) / heads).transpose(1, 2);
    }

    /** (N, H, T, D) to (N, T, H*D). */
    public static Tensor mergeHeads(Tensor x) {
        return x.transpose(1, 2).reshape(x.size(0), x.size(2), x.size(1) * x.size(3));
    }

    /**
     * What to add to scores (N, H, Q, T) so that padding gets no weight; a sequence of nothing but padding gets equal
     * weights, not NaN.
     *
     * @param attentionMask (N, T): 1 at tokens, 0 at padding
     * @return (N, 1, 1, T) float32: 0 at tokens, the lowest float32 at padding
     */
    public static Tensor paddingBias(Tensor attentionMask) {
        Tensor padding = attentionMask.eq(new Scalar(0)).to(ScalarType.Float);
        return Tensors.times(padding, LOWEST).unsqueeze(1).unsqueeze(1);
    }

    /**
     * What to add to scores (N, H, T, S + T) so that each of T tokens looks at the S before them all, at those of the T
     * before it, and at itself.
     *
     * @return (T, S + T) float32 where {@code like} lives: 0 at what is seen, the lowest float32 elsewhere
     */
    public static Tensor causalBias(long before, long tokens, Tensor like) {
        Tensor lowest = torch.empty(tokens, before + tokens).fill_(new Scalar(LOWEST));
        return Device.of(like).place(lowest.triu(before + 1));
    }
}
