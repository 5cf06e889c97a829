package io.glip4j.torch;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** How a network computes what it computes; chosen when it is built. */
public enum Form {
    /** Step by step as published, with gradients: the definition, and what trains. */
    PLAIN,
    /** The same arithmetic rearranged for one pass on a CPU, the same numbers; records no gradient. */
    FAST,
    /**
     * As {@link #FAST}, with matrices, and what is multiplied by them, in bfloat16: half the memory, and about twice
     * the products a second where the processor has them ({@link TorchRuntime#multipliesBfloat16}). Softmax,
     * normalisation, boxes and scores stay float32.
     */
    BFLOAT16;

    /** Whether steps are rearranged for one pass without gradients. */
    public boolean rearranged() {
        return this != PLAIN;
    }

    /** What a parameter of so many axes is held in: matrices and kernels may be halved, vectors never. */
    ScalarType held(int axes) {
        return this == BFLOAT16 && axes > 1 ? ScalarType.BFloat16 : ScalarType.Float;
    }

    /** The form of a part whose numbers must stay float32. */
    public Form exact() {
        return this == BFLOAT16 ? FAST : this;
    }
}
