package io.glip4j.model.encoder;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.torch.Convolution;
import io.glip4j.torch.Convolution.Geometry;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The feature pyramid (Lin et al. 2017) over maps C3, C4, C5 of strides 8, 16, 32, with two coarser levels made from P5
 * as in RetinaNet.
 */
public final class FeaturePyramid {
    /** P3 to P7, strides 8 to 128. */
    public static final int LEVELS = 5;

    private static final int SOURCES = 3;
    private static final Geometry HALVING = Geometry.of(3, 2, 1);

    private final Convolution lateral3;
    private final Convolution lateral4;
    private final Convolution lateral5;
    private final Convolution output3;
    private final Convolution output4;
    private final Convolution output5;
    private final Convolution down6;
    private final Convolution down7;

    /**
     * Registers {@code fpn_inner2..4}, {@code fpn_layer2..4} and {@code top_blocks.p6, p7}.
     *
     * @param sourceChannels channels of C3, C4, C5
     * @param channels channels of every level of the pyramid
     */
    public FeaturePyramid(Parameters parameters, List<Integer> sourceChannels, int channels) {
        if (sourceChannels.size() != SOURCES) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted the channels of " + SOURCES + " maps, got " + sourceChannels + "; give strides 8, 16, 32");
        }
        this.lateral3 = convolution(parameters.at("fpn_inner2"), sourceChannels.get(0), channels, Geometry.same(1));
        this.output3 = convolution(parameters.at("fpn_layer2"), channels, channels, Geometry.same(3));
        this.lateral4 = convolution(parameters.at("fpn_inner3"), sourceChannels.get(1), channels, Geometry.same(1));
        this.output4 = convolution(parameters.at("fpn_layer3"), channels, channels, Geometry.same(3));
        this.lateral5 = convolution(parameters.at("fpn_inner4"), sourceChannels.get(2), channels, Geometry.same(1));
        this.output5 = convolution(parameters.at("fpn_layer4"), channels, channels, Geometry.same(3));
        this.down6 = convolution(parameters.at("top_blocks").at("p6"), channels, channels, HALVING);
        this.down7 = convolution(parameters.at("top_blocks").at("p7"), channels, channels, HALVING);
    }

    /** He et al. 2015, uniform, for a linear output: variance 1 / fan-in. */
    private static Convolution convolution(Parameters parameters, int in, int out, Geometry geometry) {
        double fanIn = (double) in * geometry.kernel() * geometry.kernel();
        return Convolution.withBias(parameters, Initializer.uniform(Math.sqrt(3 / fanIn)), in, out, geometry);
    }

    /** Maps (N, C_i, H_i, W_i), finest first, to the five levels (N, channels, H, W), finest first. */
    public List<Tensor> forward(List<Tensor> sources) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor merged5 = lateral5.forward(sources.get(2));
            Tensor merged4 = TensorScope.local(() -> addUpsampled(lateral4.forward(sources.get(1)), merged5));
            Tensor merged3 = TensorScope.local(() -> addUpsampled(lateral3.forward(sources.get(0)), merged4));
            Tensor p5 = output5.forward(merged5);
            Tensor p6 = down6.forward(p5);
            Tensor p7 = down7.forward(torch.relu(p6));
            return Stream.of(output3.forward(merged3), output4.forward(merged4), p5, p6, p7)
                    .map(scope::handOver)
                    .toList();
        }
    }

    private static Tensor addUpsampled(Tensor fine, Tensor coarse) {
        return fine.add(Tensors.upsampledTo(fine, coarse));
    }
}
