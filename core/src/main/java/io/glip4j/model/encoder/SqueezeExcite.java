package io.glip4j.model.encoder;

import io.glip4j.torch.Parameters;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Weighs channels by what the whole map holds (Hu et al. 2018), with MobileNetV3's piecewise linear sigmoid. */
final class SqueezeExcite {
    private final SameConvolution reduce;
    private final SameConvolution expand;

    SqueezeExcite(Parameters parameters, long channels, long squeezed) {
        reduce = SameConvolution.pointwise(parameters.at("reduce"), channels, squeezed);
        expand = SameConvolution.pointwise(parameters.at("expand"), squeezed, channels);
    }

    /** (N, C, H, W) to the same shape. */
    Tensor forward(Tensor x) {
        Tensor mean = x.mean(new long[] {2, 3}, true, new ScalarTypeOptional()); // (N, C, 1, 1)
        return x.mul(torch.hardsigmoid(expand.forward(torch.relu(reduce.forward(mean)))));
    }
}
