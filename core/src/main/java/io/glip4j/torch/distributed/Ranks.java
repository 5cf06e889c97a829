package io.glip4j.torch.distributed;

import io.glip4j.torch.Parameters;
import org.bytedeco.pytorch.Tensor;

/**
 * The R processes that share a training step, seen from one of them. Every method is called by all of them in the same
 * order; each waits there for the others.
 */
public interface Ranks extends AutoCloseable {
    /** The only process there is. */
    Ranks ALONE = new Alone();

    /** This process, 0..R-1. */
    int rank();

    /** R. */
    int count();

    /**
     * What each rank has, without gradient.
     *
     * @param local of the same shape and type on every rank
     * @return (R, ...), by rank
     */
    Tensor gather(Tensor local);

    /** Sums over all ranks, value by value. */
    double[] sums(double... values);

    /** Gives every rank the values that the parameters have on rank 0. */
    void copyFromFirst(Parameters parameters);

    /** Averages the gradients of the parameters that ask for them; made once, before the first backward pass. */
    GradientAveraging averaging(Parameters parameters);

    /**
     * Rank 0 does something that may take long, such as an evaluation; the others wait for as long as rank 0 is alive.
     *
     * @param what for messages
     */
    void onFirst(String what, Runnable action);

    /** What this rank has sent and reduced so far. */
    Traffic traffic();

    @Override
    void close();
}
