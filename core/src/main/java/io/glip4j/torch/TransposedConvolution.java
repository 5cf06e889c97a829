package io.glip4j.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Upsamples by a learned kernel as large as its stride; the weight is (in, out, kernel, kernel). */
public final class TransposedConvolution {
    private final Tensor weight;
    private final Tensor bias;
    private final long stride;

    public TransposedConvolution(Parameters parameters, Initializer initializer, long in, long out, long stride) {
        this.weight = parameters.register("weight", initializer, in, out, stride, stride);
        this.bias = parameters.register("bias", Initializer.ZEROS, out);
        this.stride = stride;
    }

    /** (N, in, H, W) to (N, out, stride * H, stride * W). */
    public Tensor forward(Tensor x) {
        return torch.conv_transpose2d(
                Tensors.toMultiply(x, weight),
                weight,
                new TensorOptional(Tensors.toMultiply(bias, weight)),
                new long[] {stride, stride},
                new long[] {0, 0},
                new long[] {0, 0},
                1,
                new long[] {1, 1});
    }
}
