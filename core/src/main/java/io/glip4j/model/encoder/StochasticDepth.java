package io.glip4j.model.encoder;

import io.glip4j.model.Mode;
import io.glip4j.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Leaves a residual branch out for some pictures when training (Huang et al. 2016); those kept are scaled up, so that
 * the expectation stays.
 *
 * @param rate probability of leaving it out, in [0, 1)
 */
record StochasticDepth(double rate) {
    /** Of a branch's output (N, ...): the same shape. */
    Tensor forward(Tensor branch, Mode mode) {
        if (mode == Mode.INFERENCE || rate == 0) {
            return branch;
        }
        double kept = 1 - rate;
        long[] onePerPicture = new long[Math.toIntExact(branch.dim())];
        Arrays.fill(onePerPicture, 1);
        onePerPicture[0] = branch.size(0);
        Tensor keep = torch.bernoulli(torch.empty(onePerPicture), kept);
        return branch.mul(Tensors.times(keep, 1 / kept));
    }
}
