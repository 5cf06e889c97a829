package io.glip4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.GlipException;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class SolverTest {
    private static final int VALUES = 3;
    private static final List<String> NAMES = List.of(
            "backbone.conv.weight",
            "backbone.conv.bias",
            "language_backbone.dense.weight",
            "language_backbone.dense.bias",
            "rpn.head.relative_position_bias_table",
            "backbone.norm.weight");
    private static final SolverConfig CONFIG = SolverConfig.published(12)
            .withBaseRate(0.01)
            .withWeightDecay(0.05)
            .withWarmup(3)
            .withMilestones(List.of(6, 8))
            .withEmaDecay(0.9);

    /** The same rule in double precision, one parameter. */
    private static final class Reference {
        final double rate;
        final double decay;
        final double[] weight = new double[VALUES];
        final double[] mean = new double[VALUES];
        final double[] square = new double[VALUES];
        final double[] average = new double[VALUES];

        Reference(double rate, double decay, float[] start) {
            this.rate = rate;
            this.decay = decay;
            for (int i = 0; i < VALUES; i++) {
                weight[i] = start[i];
                average[i] = start[i];
            }
        }

        void step(int step, double[] gradient, double clip) {
            double warm = step < 3 ? 0.001 * (1 - step / 3.0) + step / 3.0 : 1;
            double now = rate * warm * (step >= 8 ? 0.01 : step >= 6 ? 0.1 : 1);
            for (int i = 0; i < VALUES; i++) {
                double g = gradient[i] * clip;
                weight[i] -= now * decay * weight[i];
                mean[i] = 0.9 * mean[i] + 0.1 * g;
                square[i] = 0.999 * square[i] + 0.001 * g * g;
                double corrected = mean[i] / (1 - Math.pow(0.9, step + 1));
                weight[i] -= now * corrected / (Math.sqrt(square[i] / (1 - Math.pow(0.999, step + 1))) + 1e-8);
                average[i] = 0.9 * average[i] + 0.1 * weight[i];
            }
        }
    }

    private static Parameters parameters() {
        Parameters parameters = Parameters.seeded(5);
        NAMES.forEach(name -> parameters.register(name, Initializer.normal(1), VALUES));
        return parameters;
    }

    private static Tensor of(Parameters parameters, String name) {
        Tensor tensor = parameters.byName().get(name);
        assertThat(tensor).isNotNull();
        return java.util.Objects.requireNonNull(tensor);
    }

    private static void backward(Parameters parameters, Map<String, double[]> gradients) {
        gradients.forEach((name, gradient) -> {
            float[] values = new float[VALUES];
            for (int i = 0; i < VALUES; i++) {
                values[i] = (float) gradient[i];
            }
            of(parameters, name).mul(Tensors.of(values, VALUES)).sum().backward();
        });
    }

    @Test
    void followsTheFormulaInDoublePrecision() {
        try (Parameters parameters = parameters();
                Solver solver = new Solver(parameters, CONFIG)) {
            Map<String, Reference> expected = new LinkedHashMap<>();
            NAMES.forEach(name -> expected.put(
                    name,
                    new Reference(
                            0.01 * (name.startsWith("language") ? 0.1 : 1) * (name.contains("bias") ? 2 : 1),
                            name.contains("bias") ? 0 : 0.05,
                            Tensors.toFloats(of(parameters, name)))));
            Random random = new Random(3);
            for (int step = 0; step < 12; step++) {
                Map<String, double[]> gradients = new LinkedHashMap<>();
                double size = step % 2 == 0 ? 2 : 0.02;
                NAMES.forEach(name -> gradients.put(
                        name,
                        random.doubles(VALUES, -size, size).map(v -> (float) v).toArray()));
                double norm = Math.sqrt(gradients.values().stream()
                        .flatMapToDouble(java.util.Arrays::stream)
                        .map(v -> v * v)
                        .sum());
                try (TensorScope scope = TensorScope.open()) {
                    backward(parameters, gradients);
                    assertThat(solver.step(step)).isCloseTo(norm, within(1e-5 * norm));
                    solver.clearGradients();
                }
                int now = step;
                NAMES.forEach(name -> java.util.Objects.requireNonNull(expected.get(name))
                        .step(now, gradients.getOrDefault(name, new double[0]), Math.min(1, 1 / (norm + 1e-6))));
            }
            expected.forEach((name, reference) -> {
                assertClose(of(parameters, name), reference.weight);
                assertClose(java.util.Objects.requireNonNull(solver.averages().get(name)), reference.average);
            });
        }
    }

    private static void assertClose(Tensor actual, double[] expected) {
        float[] values = Tensors.toFloats(actual);
        for (int i = 0; i < VALUES; i++) {
            assertThat((double) values[i]).isCloseTo(expected[i], within(2e-6));
        }
    }

    @Test
    void leavesFrozenAndUntouchedParametersAlone() {
        try (Parameters parameters = parameters();
                Solver solver = new Solver(parameters, CONFIG.withFrozen(List.of("backbone.")))) {
            float[] frozen = Tensors.toFloats(of(parameters, "backbone.conv.weight"));
            float[] untouched = Tensors.toFloats(of(parameters, "language_backbone.dense.weight"));
            float[] moved = Tensors.toFloats(of(parameters, "language_backbone.dense.bias"));
            try (TensorScope scope = TensorScope.open()) {
                backward(parameters, Map.of("language_backbone.dense.bias", new double[] {1, 2, 2}));
                assertThat(of(parameters, "backbone.conv.weight").requires_grad())
                        .isFalse();
                assertThat(solver.step(4)).isCloseTo(3, within(1e-6));
                solver.clearGradients();
                assertThat(of(parameters, "language_backbone.dense.bias").grad().defined())
                        .isFalse();
            }
            assertThat(Tensors.toFloats(of(parameters, "backbone.conv.weight"))).isEqualTo(frozen);
            assertThat(Tensors.toFloats(of(parameters, "language_backbone.dense.weight")))
                    .isEqualTo(untouched);
            assertThat(Tensors.toFloats(of(parameters, "language_backbone.dense.bias")))
                    .isNotEqualTo(moved);
            assertThat(solver.averages()).doesNotContainKey("backbone.conv.weight");
        }
    }

    @Test
    void movesNothingWhenAGradientIsNotFinite() {
        try (Parameters parameters = parameters();
                Solver solver = new Solver(parameters, CONFIG)) {
            float[] before = Tensors.toFloats(of(parameters, NAMES.get(0)));
            try (TensorScope scope = TensorScope.open()) {
                backward(parameters, Map.of(NAMES.get(0), new double[] {1, Double.NaN, 1}));
                assertThat(solver.step(4)).isNaN();
            }
            assertThat(Tensors.toFloats(of(parameters, NAMES.get(0)))).isEqualTo(before);
        }
    }

    @Test
    void refusesMilestonesOutOfOrder() {
        assertThatThrownBy(() -> CONFIG.withMilestones(List.of(8, 6)))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("milestones in rising order, got [8, 6]");
    }
}
