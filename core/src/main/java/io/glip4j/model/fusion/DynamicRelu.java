package io.glip4j.model.fusion;

import static io.glip4j.torch.Tensors.plus;
import static io.glip4j.torch.Tensors.times;

import io.glip4j.torch.Initializer;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parameters;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The larger of two lines per channel, chosen by what the picture is on average (Chen et al. 2020). */
final class DynamicRelu {
    private static final long REDUCTION = 4;
    private static final long COEFFICIENTS = 4;

    private final long channels;
    private final Linear squeeze;
    private final Linear expand;

    /** Registers {@code fc.0.*} and {@code fc.2.*}. */
    DynamicRelu(Parameters parameters, long channels) {
        this.channels = channels;
        Parameters layers = parameters.at("fc");
        this.squeeze = linear(layers.at(0), channels, channels / REDUCTION);
        this.expand = linear(layers.at(2), channels / REDUCTION, COEFFICIENTS * channels);
    }

    private static Linear linear(Parameters parameters, long in, long out) {
        return Linear.withBias(parameters, Initializer.uniform(1 / Math.sqrt((double) in)), in, out);
    }

    /** (N, C, H, W) to the same shape. */
    Tensor forward(Tensor x) {
        Tensor mean = torch.adaptive_avg_pool2d(x, 1, 1).flatten(1, 3); // (N, C)
        Tensor chosen = torch.hardsigmoid(expand.forward(torch.relu(squeeze.forward(mean)))); // (N, 4C), 0..1
        Tensor centred = plus(chosen, -0.5).view(x.size(0), COEFFICIENTS, channels, 1, 1); // (N, 4, C, 1, 1)
        Tensor slope1 = plus(times(centred.select(1, 0), 2), 1); // 0..2
        Tensor slope2 = times(centred.select(1, 2), 2); // -1..1
        return torch.maximum(
                x.mul(slope1).add(centred.select(1, 1)), x.mul(slope2).add(centred.select(1, 3)));
    }
}
