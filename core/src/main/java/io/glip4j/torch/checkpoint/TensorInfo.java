package io.glip4j.torch.checkpoint;

import io.glip4j.torch.Tensors;
import java.util.List;

/**
 * Type and shape of a stored tensor, known without reading its data.
 *
 * @param shape sizes of all axes, none negative; empty for a single number
 */
public record TensorInfo(DType dtype, List<Long> shape) {
    /** libtorch takes no more. */
    private static final int MAX_AXES = 64;

    public TensorInfo {
        shape = List.copyOf(shape);
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("negative size in shape " + shape);
            }
        }
    }

    /** The same of a hostile file: refuses what no tensor can be. */
    static TensorInfo checked(BadFile errors, String name, DType dtype, List<Long> shape) {
        if (shape.size() > MAX_AXES) {
            throw errors.malformed("'" + name + "' has " + shape.size() + " axes; wanted at most " + MAX_AXES);
        }
        if (shape.stream().anyMatch(size -> size < 0)) {
            throw errors.malformed("'" + name + "' has a negative size in its shape " + shape);
        }
        TensorInfo info = new TensorInfo(dtype, shape);
        try {
            info.bytes();
        } catch (ArithmeticException e) {
            throw errors.malformed("'" + name + "' is larger than any memory: " + info, e);
        }
        return info;
    }

    /** Number of elements; throws ArithmeticException where no memory could hold them. */
    public long count() {
        long count = 1;
        for (long size : shape) {
            count = Math.multiplyExact(count, size);
        }
        return count;
    }

    /** Bytes of all elements; throws ArithmeticException where no memory could hold them. */
    public long bytes() {
        return Math.multiplyExact(count(), dtype.bytes());
    }

    long[] shapeArray() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /** As people write it: {@code F32 (768, 3072)}. */
    @Override
    public String toString() {
        return dtype + " " + Tensors.describeShape(shapeArray());
    }
}
