package io.glip4j.model.encoder;

import io.glip4j.torch.Parameters;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** MobileNetV3's block: widen, filter each channel, weigh channels, narrow; added to its input where shapes agree. */
final class InvertedResidual {
    /**
     * One block.
     *
     * @param wide channels inside; equal to {@code in} means that nothing widens
     * @param squeezed channels of the squeeze-and-excite bottleneck, 0 for none
     * @param hardSwish the activation is hard swish, else relu
     */
    record Config(int in, int wide, int out, int kernel, int stride, int squeezed, boolean hardSwish) {}

    private final Config config;
    private final @Nullable SameConvolution expand;
    private final SameConvolution depthwise;
    private final @Nullable SqueezeExcite squeezeExcite;
    private final SameConvolution project;

    InvertedResidual(Parameters parameters, Config config) {
        this.config = config;
        expand = config.wide() == config.in()
                ? null
                : SameConvolution.pointwise(parameters.at("expand"), config.in(), config.wide());
        depthwise =
                SameConvolution.depthwise(parameters.at("depthwise"), config.wide(), config.kernel(), config.stride());
        squeezeExcite = config.squeezed() == 0
                ? null
                : new SqueezeExcite(parameters.at("squeeze_excite"), config.wide(), config.squeezed());
        project = SameConvolution.pointwise(parameters.at("project"), config.wide(), config.out());
    }

    /** (N, in, H, W) to (N, wide, H, W). */
    Tensor widen(Tensor x) {
        return expand == null ? x : activate(expand.forward(x));
    }

    /** The rest of the block: (N, wide, H, W) to (N, out, H / stride, W / stride). */
    Tensor narrow(Tensor x, Tensor widened) {
        Tensor filtered = activate(depthwise.forward(widened));
        Tensor weighed = squeezeExcite == null ? filtered : squeezeExcite.forward(filtered);
        Tensor out = project.forward(weighed);
        return config.stride() == 1 && config.in() == config.out() ? out.add(x) : out;
    }

    Tensor forward(Tensor x) {
        return narrow(x, widen(x));
    }

    private Tensor activate(Tensor x) {
        return config.hardSwish() ? torch.hardswish(x) : torch.relu(x);
    }
}
