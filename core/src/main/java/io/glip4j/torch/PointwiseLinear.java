package io.glip4j.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * A linear as a 1x1 convolution over positions, channels last: oneDNN does it on libtorch's threads, where OpenBLAS has
 * one. Few positions, or another device, go the plain way; a single one is a product of matrix and vector, which
 * OpenBLAS does three to seven times as fast as the same product of matrices.
 */
final class PointwiseLinear implements LinearKernel {
    /** Below it the convolution's set-up costs more than its threads bring. */
    private static final long FEWEST_POSITIONS = 16;

    private static final long[] ONE = {1, 1};
    private static final long[] NONE = {0, 0};

    @Override
    public Tensor apply(Tensor x, Tensor weight, @Nullable Tensor bias) {
        long in = weight.size(1);
        long out = weight.size(0);
        long positions = x.numel() / in;
        if (positions == 1 && weight.scalar_type().intern() == ScalarType.Float) {
            return one(x, weight, bias);
        }
        if (positions < FEWEST_POSITIONS || x.is_cuda()) {
            return PLAIN.apply(x, weight, bias);
        }
        Tensor pixels =
                Tensors.toMultiply(x, weight).reshape(1, positions, 1, in).permute(0, 3, 1, 2); // (1, in, positions, 1)
        Tensor filtered = torch.mkldnn_convolution(
                pixels,
                weight.view(out, in, 1, 1),
                bias == null ? new TensorOptional() : new TensorOptional(Tensors.toMultiply(bias, weight)),
                NONE,
                ONE,
                ONE,
                1); // (1, out, positions, 1)
        long[] shape = Tensors.shape(x);
        shape[shape.length - 1] = out;
        return filtered.permute(0, 2, 3, 1).reshape(shape);
    }

    private static Tensor one(Tensor x, Tensor weight, @Nullable Tensor bias) {
        Tensor product = torch.mv(weight, Tensors.exact(x).reshape(-1)); // (out)
        long[] shape = Tensors.shape(x);
        shape[shape.length - 1] = weight.size(0);
        return (bias == null ? product : product.add(bias)).view(shape);
    }
}
