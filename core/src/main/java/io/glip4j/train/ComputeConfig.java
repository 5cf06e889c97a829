package io.glip4j.train;

import io.glip4j.torch.Autocast;
import java.util.function.Supplier;

/**
 * How a forward pass is computed. Weights, gradients and moments are float32 in any case.
 *
 * @param numbers of the large products
 */
public record ComputeConfig(Numbers numbers) {
    public static final ComputeConfig PLAIN = new ComputeConfig(Numbers.FLOAT32);

    /** Types of numbers. */
    public enum Numbers {
        FLOAT32,
        /** Products and convolutions in bfloat16, sums and norms in float32, as libtorch's autocast chooses. */
        BFLOAT16
    }

    <T> T forward(Supplier<T> pass) {
        return numbers == Numbers.BFLOAT16 ? Autocast.bfloat16(pass) : pass.get();
    }
}
