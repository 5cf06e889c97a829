package io.glip4j.torch.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Where a tensor's values lie in a file. The ranges were checked when the file was opened.
 *
 * @param strides distance of neighbours along each axis, in elements
 * @param start first byte of the first element
 * @param span elements from the first in memory to the last, both included; 0 for an empty tensor
 */
record StoredTensor(TensorInfo info, List<Long> strides, long start, long span) {
    StoredTensor {
        strides = List.copyOf(strides);
    }

    /** A tensor whose elements follow each other row by row. */
    static StoredTensor contiguous(TensorInfo info, long start) {
        return new StoredTensor(info, rowMajor(info.shape()), start, info.count());
    }

    static List<Long> rowMajor(List<Long> shape) {
        Long[] strides = new Long[shape.size()];
        long step = 1;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            strides[axis] = step;
            step = Math.multiplyExact(step, Math.max(1, shape.get(axis)));
        }
        return List.of(strides);
    }

    /** Copies the values out of the file. */
    Tensor read(FileContent file) {
        if (isContiguous()) {
            return copy(file, info.shapeArray());
        }
        try (Tensor memory = copy(file, span);
                Tensor view = memory.as_strided(
                        info.shapeArray(),
                        strides.stream().mapToLong(Long::longValue).toArray())) {
            return view.clone();
        }
    }

    private boolean isContiguous() {
        if (info.count() == 0) {
            return true;
        }
        List<Long> expected = rowMajor(info.shape());
        for (int axis = 0; axis < strides.size(); axis++) {
            if (info.shape().get(axis) > 1 && !strides.get(axis).equals(expected.get(axis))) {
                return false;
            }
        }
        return true;
    }

    private Tensor copy(FileContent file, long... shape) {
        Tensor tensor = torch.empty(shape, new TensorOptions(info.dtype().scalarType()), new MemoryFormatOptional());
        try {
            TensorMemory.visit(
                    tensor, span * info.dtype().bytes(), (offset, piece) -> file.read(start + offset, piece));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tensor;
    }
}
