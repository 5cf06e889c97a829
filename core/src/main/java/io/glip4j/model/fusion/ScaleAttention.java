package io.glip4j.model.fusion;

import io.glip4j.torch.Convolution;
import io.glip4j.torch.Convolution.Geometry;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Weighs what neighbouring levels say by what they say on average (Dai et al., Dynamic Head, 2021). */
final class ScaleAttention {
    private final Convolution importance;

    /** Registers {@code 1.*}. */
    ScaleAttention(Parameters parameters, long channels) {
        this.importance =
                Convolution.withBias(parameters.at(1), Initializer.normal(0.01), channels, 1, Geometry.same(1));
    }

    /** Maps (N, C, H, W) each to their weighted mean (N, C, H, W). */
    Tensor forward(List<Tensor> neighbours) {
        Tensor sum = weighted(neighbours.get(0));
        for (Tensor neighbour : neighbours.subList(1, neighbours.size())) {
            sum = sum.add(weighted(neighbour));
        }
        return sum.div(new Scalar(neighbours.size()));
    }

    /** The weight of one map of one picture by its mean (C), 0..1. */
    double weight(float[] mean) {
        Tensor map = Tensors.of(mean, 1, mean.length, 1, 1);
        return Tensors.toFloats(weight(map))[0];
    }

    private Tensor weight(Tensor mean) {
        return torch.hardsigmoid(torch.relu(importance.forward(mean))); // (N, 1, 1, 1)
    }

    private Tensor weighted(Tensor map) {
        Tensor mean = torch.adaptive_avg_pool2d(map, 1, 1); // (N, C, 1, 1)
        return map.mul(weight(mean)); // (N, C, H, W)
    }
}
