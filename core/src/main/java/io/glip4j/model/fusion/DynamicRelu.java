package io.glip4j.model.fusion;

import static io.glip4j.torch.Tensors.plus;
import static io.glip4j.torch.Tensors.times;

import io.glip4j.torch.Initializer;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
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

    /**
     * Two lines for each channel of N pictures, (N, C) each.
     *
     * @param slope1 0..2
     * @param slope2 -1..1
     */
    record Lines(Tensor slope1, Tensor intercept1, Tensor slope2, Tensor intercept2) {}

    /** (N, C, H, W) to the same shape. */
    Tensor forward(Tensor x) {
        Lines lines = lines(torch.adaptive_avg_pool2d(x, 1, 1).flatten(1, 3));
        return torch.maximum(
                x.mul(overMap(lines.slope1)).add(overMap(lines.intercept1)),
                x.mul(overMap(lines.slope2)).add(overMap(lines.intercept2)));
    }

    /** The lines for pictures of these means (N, C). */
    Lines lines(Tensor mean) {
        Tensor chosen = torch.hardsigmoid(expand.forward(torch.relu(squeeze.forward(mean)))); // (N, 4C), 0..1
        Tensor centred = plus(Tensors.exact(chosen), -0.5).view(mean.size(0), COEFFICIENTS, channels); // (N, 4, C)
        return new Lines(
                plus(times(centred.select(1, 0), 2), 1),
                centred.select(1, 1),
                times(centred.select(1, 2), 2),
                centred.select(1, 3));
    }

    private static Tensor overMap(Tensor x) { // (N, C) to (N, C, 1, 1)
        return x.unsqueeze(2).unsqueeze(3);
    }
}
