package io.glip4j.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Fills a new parameter in place, before any weights are loaded. */
@FunctionalInterface
public interface Initializer {
    Initializer ZEROS = constant(0);
    Initializer ONES = constant(1);

    void fill(Tensor parameter);

    static Initializer constant(double value) {
        return parameter -> {
            try (var number = new org.bytedeco.pytorch.Scalar(value)) {
                parameter.fill_(number);
            }
        };
    }

    static Initializer normal(double standardDeviation) {
        return parameter -> torch.normal_(parameter, 0, standardDeviation);
    }

    static Initializer uniform(double bound) {
        return parameter -> torch.uniform_(parameter, -bound, bound);
    }

    /** Glorot and Bengio 2010, uniform, gain 1. */
    static Initializer xavierUniform() {
        return parameter -> torch.xavier_uniform_(parameter, 1);
    }

    /** He et al. 2015, normal, by the number of outputs a value of the input reaches. */
    static Initializer kaimingNormalFanOut() {
        return parameter -> {
            long fanOut = parameter.numel() / parameter.size(1);
            torch.normal_(parameter, 0, Math.sqrt(2.0 / fanOut));
        };
    }

    /** Normal, cut at two standard deviations (the cut redraws nothing: values beyond are clamped). */
    static Initializer truncatedNormal(double standardDeviation) {
        return parameter -> {
            torch.normal_(parameter, 0, standardDeviation);
            Tensors.clampInPlace(parameter, -2 * standardDeviation, 2 * standardDeviation);
        };
    }
}
