package io.glip4j.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Two-dimensional convolution; the weight is (out, in / groups, kernel, kernel). */
public final class Convolution {
    /** Stride, zero padding on every side, dilation and groups. */
    public record Geometry(long kernel, long stride, long padding, long dilation, long groups) {
        public static Geometry of(long kernel, long stride, long padding) {
            return new Geometry(kernel, stride, padding, 1, 1);
        }

        /** Odd kernel, stride 1, output as large as the input. */
        public static Geometry same(long kernel) {
            return of(kernel, 1, kernel / 2);
        }

        public Geometry withDilation(long rate) {
            return new Geometry(kernel, stride, padding, rate, groups);
        }

        public Geometry withGroups(long count) {
            return new Geometry(kernel, stride, padding, dilation, count);
        }
    }

    private final Geometry geometry;
    private final Tensor weight;
    private final @Nullable Tensor bias;

    private Convolution(Geometry geometry, Tensor weight, @Nullable Tensor bias) {
        this.geometry = geometry;
        this.weight = weight;
        this.bias = bias;
    }

    public static Convolution withBias(
            Parameters parameters, Initializer initializer, long in, long out, Geometry geometry) {
        return new Convolution(
                geometry,
                registerWeight(parameters, initializer, in, out, geometry),
                parameters.register("bias", Initializer.ZEROS, out));
    }

    public static Convolution withoutBias(
            Parameters parameters, Initializer initializer, long in, long out, Geometry geometry) {
        return new Convolution(geometry, registerWeight(parameters, initializer, in, out, geometry), null);
    }

    private static Tensor registerWeight(
            Parameters parameters, Initializer initializer, long in, long out, Geometry geometry) {
        return parameters.register(
                "weight", initializer, out, in / geometry.groups(), geometry.kernel(), geometry.kernel());
    }

    /** (N, in, H, W) to (N, out, H', W'), in bfloat16 where the weight is. */
    public Tensor forward(Tensor x) {
        return torch.conv2d(
                Tensors.toMultiply(x, weight),
                weight,
                bias == null ? new TensorOptional() : new TensorOptional(Tensors.toMultiply(bias, weight)),
                new long[] {geometry.stride(), geometry.stride()},
                new long[] {geometry.padding(), geometry.padding()},
                new long[] {geometry.dilation(), geometry.dilation()},
                geometry.groups());
    }
}
