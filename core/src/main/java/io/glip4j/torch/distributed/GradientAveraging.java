package io.glip4j.torch.distributed;

import org.bytedeco.pytorch.Tensor;

/** Averages gradients over all ranks while a backward pass computes them. */
public interface GradientAveraging extends AutoCloseable {
    /**
     * The backward pass of a step's last {@code loss}: leaves averages on every rank, of the gradients of passes before
     * it too. A plain backward pass adds to the rank's own gradients only.
     */
    void backward(Tensor loss);

    @Override
    void close();
}
