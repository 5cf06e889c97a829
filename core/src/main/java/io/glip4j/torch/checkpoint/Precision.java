package io.glip4j.torch.checkpoint;

/** How weights are stored. */
public enum Precision {
    /** As they are. */
    FULL,
    /**
     * Matrices and kernels (float32, two axes or more) as float16, which halves the file. Vectors, and tensors with
     * values beyond float16's range, stay as they are.
     */
    HALF
}
