package io.glip4j.model.head;

import io.glip4j.torch.Convolution;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** One hourglass of the mask head: full-size features plus what half-size ones say (Newell et al., 2016). */
final class Hourglass {
    private final ResidualBlock full;
    private final List<ResidualBlock> half;

    Hourglass(Parameters parameters, long channels) {
        full = new ResidualBlock(parameters.at("up1"), channels);
        half = List.of(
                new ResidualBlock(parameters.at("low1"), channels),
                new ResidualBlock(parameters.at("low2"), channels),
                new ResidualBlock(parameters.at("low3"), channels));
    }

    /** (R, C, S, S) to the same shape, S even. */
    Tensor forward(Tensor x) {
        Tensor low = torch.max_pool2d(x, 2);
        for (ResidualBlock block : half) {
            low = block.forward(low);
        }
        return full.forward(x).add(Tensors.upsampledTo(x, low));
    }

    /** Three 3x3 convolutions, half the channels inside; the middle one is dilated by 3. */
    private static final class ResidualBlock {
        private static final Convolution.Geometry PLAIN = Convolution.Geometry.same(3);
        private static final Convolution.Geometry DILATED =
                Convolution.Geometry.of(3, 1, 3).withDilation(3);

        private final Convolution first;
        private final Convolution second;
        private final Convolution third;

        ResidualBlock(Parameters parameters, long channels) {
            first = convolution(parameters.at("conv1"), channels, channels / 2, PLAIN);
            second = convolution(parameters.at("conv2"), channels / 2, channels / 2, DILATED);
            third = convolution(parameters.at("conv3"), channels / 2, channels, PLAIN);
        }

        private static Convolution convolution(
                Parameters parameters, long in, long out, Convolution.Geometry geometry) {
            return Convolution.withBias(parameters, Initializer.kaimingNormalFanOut(), in, out, geometry);
        }

        Tensor forward(Tensor x) {
            Tensor inside = second.forward(first.forward(x.relu()).relu()).relu();
            return third.forward(inside).add(x);
        }
    }
}
