package io.glip4j.torch;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.NormalizeFuncOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Between Java arrays and tensors, and short forms of what libtorch's Java names spell out. */
public final class Tensors {
    private Tensors() {}

    /** A float32 tensor with these values, row by row. */
    public static Tensor of(float[] values, long... shape) {
        Tensor tensor = torch.empty(shape);
        if (values.length > 0) { // an empty tensor has no memory
            try (FloatPointer data = tensor.data_ptr_float()) {
                data.put(values);
            }
        }
        return tensor;
    }

    /** An int64 tensor with these values, row by row. */
    public static Tensor of(long[] values, long... shape) {
        Tensor tensor = torch.empty(shape).to(ScalarType.Long);
        if (values.length > 0) { // an empty tensor has no memory
            try (LongPointer data = tensor.data_ptr_long()) {
                data.put(values);
            }
        }
        return tensor;
    }

    /** The int64 numbers 0, step, 2 * step, ..., {@code count} of them. */
    public static Tensor arange(int count, long step) {
        long[] values = new long[count];
        for (int at = 0; at < count; at++) {
            values[at] = at * step;
        }
        return of(values, count);
    }

    /** The values of a tensor row by row, as float32. */
    public static float[] toFloats(Tensor tensor) {
        Tensor plain = tensor.detach().to(ScalarType.Float).contiguous();
        float[] values = new float[Math.toIntExact(plain.numel())];
        if (values.length > 0) {
            try (FloatPointer data = plain.data_ptr_float()) {
                data.get(values);
            }
        }
        return values;
    }

    /** The values of a tensor row by row, as int64. */
    public static long[] toLongs(Tensor tensor) {
        Tensor plain = tensor.detach().to(ScalarType.Long).contiguous();
        long[] values = new long[Math.toIntExact(plain.numel())];
        if (values.length > 0) {
            try (LongPointer data = plain.data_ptr_long()) {
                data.get(values);
            }
        }
        return values;
    }

    /** The tensor as float32; itself where it is so already. */
    public static Tensor exact(Tensor tensor) {
        return tensor.to(ScalarType.Float);
    }

    /** What is to be multiplied by {@code weight}: as bfloat16 where the weight is, else as it is. */
    static Tensor toMultiply(Tensor tensor, Tensor weight) {
        return weight.scalar_type().intern() == ScalarType.BFloat16 ? tensor.to(ScalarType.BFloat16) : tensor;
    }

    /** Sizes of all axes. */
    public static long[] shape(Tensor tensor) {
        return tensor.sizes().vec().get();
    }

    /** The shape as people write it: (2, 3, 800, 1333). */
    public static String describeShape(long... shape) {
        String inside = Arrays.toString(shape);
        return "(" + inside.substring(1, inside.length() - 1) + ")";
    }

    public static Tensor times(Tensor tensor, double factor) {
        return tensor.mul(new Scalar(factor));
    }

    public static Tensor plus(Tensor tensor, double term) {
        return tensor.add(new Scalar(term));
    }

    public static Tensor clamp(Tensor tensor, double low, double high) {
        return tensor.clamp(new ScalarOptional(new Scalar(low)), new ScalarOptional(new Scalar(high)));
    }

    /** Bounds each value where it stands. */
    public static void clampInPlace(Tensor tensor, double low, double high) {
        tensor.clamp_(new ScalarOptional(new Scalar(low)), new ScalarOptional(new Scalar(high)));
    }

    /** Nearest upsampling of maps (N, C, h, w) to the exact height and width of {@code like}, which need not be multiples. */
    public static Tensor upsampledTo(Tensor like, Tensor maps) {
        return torch.upsample_nearest2d(
                maps, new long[] {like.size(2), like.size(3)}, new DoubleOptional(), new DoubleOptional());
    }

    /** Each vector of the last axis divided by its Euclidean length. */
    public static Tensor normalizeLast(Tensor tensor) {
        NormalizeFuncOptions options = new NormalizeFuncOptions();
        options.dim().put(-1);
        return torch.normalize(tensor, options);
    }

    /** Joins along an axis. */
    public static Tensor cat(long axis, Tensor... parts) {
        return torch.cat(new TensorVector(parts), axis);
    }

    /** Stacks along a new axis. */
    public static Tensor stack(long axis, Tensor... parts) {
        return torch.stack(new TensorVector(parts), axis);
    }

    /** Part {@code index} of a split: a tensor of its own, where the vector's is a borrowed view. */
    public static Tensor part(TensorVector parts, long index) {
        return new Tensor(parts.get(index));
    }
}
