package io.glip4j.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A table of vectors looked up by index; the weight is (rows, width). */
public final class Embedding {
    private final Tensor weight;

    public Embedding(Parameters parameters, Initializer initializer, long rows, long width) {
        this.weight = parameters.register("weight", initializer, rows, width);
    }

    /** (...) int64 indices to (..., width). */
    public Tensor forward(Tensor indices) {
        return torch.embedding(weight, indices);
    }
}
