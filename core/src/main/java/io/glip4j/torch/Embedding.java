package io.glip4j.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A table of vectors looked up by index; the weight is (rows, width). */
public final class Embedding {
    private static final long NO_ROW = -1;

    private final Tensor weight;
    private final long fixedRow;

    public Embedding(Parameters parameters, Initializer initializer, long rows, long width) {
        this(parameters.register("weight", initializer, rows, width), NO_ROW);
    }

    private Embedding(Tensor weight, long fixedRow) {
        this.weight = weight;
        this.fixedRow = fixedRow;
    }

    /** A table whose row {@code paddingRow} starts at zero and takes no gradient. */
    public static Embedding withPadding(
            Parameters parameters, Initializer initializer, long rows, long width, long paddingRow) {
        Initializer zeroRow = weight -> {
            initializer.fill(weight);
            Initializer.ZEROS.fill(weight.select(0, paddingRow));
        };
        return new Embedding(parameters.register("weight", zeroRow, rows, width), paddingRow);
    }

    /** (...) int64 indices to (..., width). */
    public Tensor forward(Tensor indices) {
        return Tensors.exact(torch.embedding(weight, indices, fixedRow, false, false));
    }

    /** {@code count} rows from row {@code first} on: (count, width), float32. */
    public Tensor rows(long first, long count) {
        return Tensors.exact(weight.narrow(0, first, count));
    }

    /** (rows, width) */
    public Tensor weight() {
        return weight;
    }
}
