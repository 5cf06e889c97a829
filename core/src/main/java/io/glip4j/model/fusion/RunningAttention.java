package io.glip4j.model.fusion;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Attention over locations that come in tiles: softmax and weighted mean in one pass, with the largest score so far
 * taken off every exponent and earlier sums rescaled when it grows (Milakov and Gimelshein, Online normalizer
 * calculation for softmax, 2018).
 *
 * <p>Q queries, p locations of a tile, C channels.
 */
final class RunningAttention {
    private final ScalarType held;
    private final Tensor largest; // (Q)
    private final Tensor sum; // (Q)
    private final Tensor weighted; // (Q, C)

    /** Multiplies in the type {@code held}; adds up in float32. */
    RunningAttention(long queries, long channels, ScalarType held) {
        this.held = held;
        this.largest = torch.empty(queries).fill_(new Scalar(Double.NEGATIVE_INFINITY));
        this.sum = torch.zeros(queries);
        this.weighted = torch.zeros(queries, channels);
    }

    /** Takes in a tile of scores (p, Q) of values (p, C). */
    void add(Tensor scores, Tensor values) {
        Tensor larger = largest.maximum(scores.amax(new long[] {0}, false)); // (Q)
        Tensor rescaled = largest.sub(larger).exp(); // (Q)
        Tensor shares = scores.sub(larger).exp_(); // (p, Q)
        sum.mul_(rescaled).add_(shares.sum(new long[] {0}, false, new ScalarTypeOptional()));
        Tensor tile = shares.to(held).transpose(0, 1).mm(values.to(held)); // (Q, C)
        weighted.mul_(rescaled.unsqueeze(1)).add_(tile);
        largest.copy_(larger);
    }

    /** Takes in what another has seen of other locations. */
    void add(RunningAttention other) {
        Tensor larger = largest.maximum(other.largest); // (Q)
        Tensor rescaled = largest.sub(larger).exp(); // (Q)
        Tensor theirs = other.largest.sub(larger).exp(); // (Q)
        sum.mul_(rescaled).add_(other.sum.mul(theirs));
        weighted.mul_(rescaled.unsqueeze(1)).add_(other.weighted.mul(theirs.unsqueeze(1)));
        largest.copy_(larger);
    }

    /** The weighted mean of all values for each query: (Q, C). */
    Tensor result() {
        return weighted.div(sum.unsqueeze(1));
    }
}
