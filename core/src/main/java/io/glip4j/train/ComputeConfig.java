package io.glip4j.train;

import io.glip4j.torch.Autocast;
import io.glip4j.torch.Recomputation;
import java.util.function.Supplier;

/**
 * How a forward pass is computed. Weights, gradients and moments are float32 in any case.
 *
 * @param numbers of the large products
 * @param kept of a forward pass for its backward pass
 */
public record ComputeConfig(Numbers numbers, Kept kept) {
    public static final ComputeConfig PLAIN = new ComputeConfig(Numbers.FLOAT32, Kept.ALL);

    /** Types of numbers. */
    public enum Numbers {
        FLOAT32,
        /** Products and convolutions in bfloat16, sums and norms in float32, as libtorch's autocast chooses. */
        BFLOAT16
    }

    /** What is kept of a forward pass; the gradients are the same. */
    public enum Kept {
        /** All that the backward pass reads. */
        ALL,
        /** What goes into the network's large parts: their inside is computed again, in less memory and more time. */
        BOUNDARIES
    }

    /** What the numbers that come out depend on, in the words of earlier checkpoints. */
    String identity() {
        return "ComputeConfig[numbers=" + numbers + "]";
    }

    /** Within a tensor scope that holds the backward pass too. */
    <T> T forward(Supplier<T> pass) {
        Supplier<T> typed = numbers == Numbers.BFLOAT16 ? () -> Autocast.bfloat16(pass) : pass;
        return kept == Kept.BOUNDARIES ? Recomputation.during(typed) : typed.get();
    }
}
