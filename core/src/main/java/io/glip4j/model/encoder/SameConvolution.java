package io.glip4j.model.encoder;

import io.glip4j.torch.Convolution;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.Parameters;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A convolution with TensorFlow's "SAME" padding for maps of even size: at stride 2 the right and bottom get one more
 * zero than the left and top.
 */
final class SameConvolution {
    private static final Initializer FAN_SCALED = Initializer.xavierUniform();

    private final Convolution convolution;
    private final long before;
    private final long after;

    private SameConvolution(Convolution convolution, long before, long after) {
        this.convolution = convolution;
        this.before = before;
        this.after = after;
    }

    static SameConvolution dense(Parameters parameters, long in, long out, long kernel, long stride) {
        Convolution.Geometry geometry = geometry(kernel, stride);
        return of(Convolution.withBias(parameters, FAN_SCALED, in, out, geometry), kernel, stride);
    }

    static SameConvolution pointwise(Parameters parameters, long in, long out) {
        return dense(parameters, in, out, 1, 1);
    }

    static SameConvolution pointwiseWithoutBias(Parameters parameters, long in, long out) {
        return of(Convolution.withoutBias(parameters, FAN_SCALED, in, out, geometry(1, 1)), 1, 1);
    }

    static SameConvolution depthwise(Parameters parameters, long channels, long kernel, long stride) {
        Convolution.Geometry geometry = geometry(kernel, stride).withGroups(channels);
        return of(Convolution.withBias(parameters, FAN_SCALED, channels, channels, geometry), kernel, stride);
    }

    static SameConvolution depthwiseWithoutBias(Parameters parameters, long channels, long kernel) {
        Convolution.Geometry geometry = geometry(kernel, 1).withGroups(channels);
        return of(Convolution.withoutBias(parameters, FAN_SCALED, channels, channels, geometry), kernel, 1);
    }

    private static SameConvolution of(Convolution convolution, long kernel, long stride) {
        return stride == 1
                ? new SameConvolution(convolution, 0, 0)
                : new SameConvolution(convolution, (kernel - stride) / 2, kernel - stride - (kernel - stride) / 2);
    }

    private static Convolution.Geometry geometry(long kernel, long stride) {
        return stride == 1 ? Convolution.Geometry.same(kernel) : Convolution.Geometry.of(kernel, stride, 0);
    }

    /** (N, in, H, W) to (N, out, H / stride, W / stride). */
    Tensor forward(Tensor x) {
        return convolution.forward(
                before + after == 0 ? x : torch.constant_pad_nd(x, new long[] {before, after, before, after}));
    }
}
