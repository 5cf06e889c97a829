package io.glip4j.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.TorchRuntime;
import io.glip4j.train.Solver;
import io.glip4j.train.SolverConfig;
import io.glip4j.train.loss.Losses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;

/**
 * Several solver steps from the recorded weights: losses and rates of every step, weights and averages after the last.
 * Leaves the weights changed, so it comes last. The steps run on one thread, as the recorded ones did: Adam makes
 * whole steps of gradients that are nothing but rounding, and more threads round sums in another order.
 */
final class TrajectoryStages implements Stage {
    private static final String PREFIX = "trajectory.";
    private static final String WEIGHTS = "final.";
    private static final String AVERAGES = "ema.";
    private static final String TOTAL = "total";
    private static final double LOSS_TOLERANCE = 1e-5;
    private static final double RATE_TOLERANCE = 1e-9;
    private static final double WEIGHT_TOLERANCE = 1e-4;
    private static final double AVERAGE_TOLERANCE = 1e-5;

    @Override
    public List<StageResult> check(CaseRun run) {
        try (RecordedTrajectory recorded = run.recorded().trajectory().orElse(null)) {
            return recorded == null ? List.of() : check(run, recorded);
        }
    }

    private static List<StageResult> check(CaseRun run, RecordedTrajectory recorded) {
        SolverConfig config = recorded.config(run.parameters().byName().keySet());
        List<StageResult> results = new ArrayList<>(rates(recorded, config));
        int threads = TorchRuntime.threads();
        TorchRuntime.setThreads(1);
        try (Solver solver = new Solver(run.parameters(), config)) {
            results.addAll(play(run, recorded, solver));
            results.addAll(compare(recorded, WEIGHTS, run.parameters().byName(), WEIGHT_TOLERANCE));
            results.addAll(compare(recorded, AVERAGES, solver.averages(), AVERAGE_TOLERANCE));
        } finally {
            TorchRuntime.setThreads(threads);
            run.parameters().requireGradient(name -> false);
        }
        return results;
    }

    /** Rates and decays as shares of the recorded ones. */
    private static List<StageResult> rates(RecordedTrajectory recorded, SolverConfig config) {
        double rate = 0;
        double decay = 0;
        for (Map.Entry<String, JsonNode> entry : recorded.initialRates().properties()) {
            rate = Math.max(rate, off(config.rateOf(entry.getKey()), entry.getValue()));
        }
        for (int step = 0; step < recorded.steps(); step++) {
            for (Map.Entry<String, JsonNode> entry : recorded.rates(step).properties()) {
                rate = Math.max(rate, off(config.rateOf(entry.getKey()) * config.schedule(step), entry.getValue()));
            }
        }
        for (Map.Entry<String, JsonNode> entry : recorded.decays().properties()) {
            decay = Math.max(decay, off(config.decayOf(entry.getKey()), entry.getValue()));
        }
        return List.of(
                new StageResult(PREFIX + "rates", rate, RATE_TOLERANCE),
                new StageResult(PREFIX + "decays", decay, RATE_TOLERANCE));
    }

    private static double off(double got, JsonNode expected) {
        double wanted = expected.asDouble();
        return got == wanted ? 0 : Math.abs(got - wanted) / Math.abs(wanted);
    }

    /** Runs all steps; the worst deviation of each loss over them. */
    private static List<StageResult> play(CaseRun run, RecordedTrajectory recorded, Solver solver) {
        Map<String, Double> worst = new TreeMap<>();
        for (int step = 0; step < recorded.steps(); step++) {
            try (TensorScope scope = TensorScope.withGradient()) {
                Losses losses = TrainingStages.losses(run);
                JsonNode expected = recorded.losses(step);
                losses.values().forEach((term, value) -> {
                    String name = TrainingStages.recordedName(term);
                    if (expected.has(name)) {
                        worst.merge(name, off(value, expected.required(name)), TrajectoryStages::larger);
                    }
                });
                Tensor total = losses.total();
                worst.merge(TOTAL, off(total.item_double(), expected.required(TOTAL)), TrajectoryStages::larger);
                total.backward();
                solver.step(step);
                solver.clearGradients();
            }
        }
        List<StageResult> results = new ArrayList<>();
        worst.forEach((name, error) -> results.add(new StageResult(PREFIX + name, error, LOSS_TOLERANCE)));
        return results;
    }

    /** The larger of two, NaN where one is. */
    private static double larger(double one, double other) {
        return Math.max(one, other);
    }

    /** The worst parameter. */
    private static List<StageResult> compare(
            RecordedTrajectory recorded, String kind, Map<String, Tensor> got, double tolerance) {
        Optional<StageResult> worst = Optional.empty();
        for (String name : recorded.tensors().names()) {
            Tensor parameter = name.startsWith(kind) ? got.get(name.substring(kind.length())) : null;
            if (parameter != null && !isKeyBias(name)) {
                try (TensorScope scope = TensorScope.withoutGradient()) {
                    float[] expected = Tensors.toFloats(recorded.tensors().tensor(name));
                    double error = Deviation.relative(
                            withoutKeys(name, Tensors.toFloats(parameter)), withoutKeys(name, expected));
                    if (worst.isEmpty() || !(error <= worst.get().error())) {
                        worst = Optional.of(new StageResult(PREFIX + name, error, tolerance));
                    }
                }
            }
        }
        return worst.stream().toList();
    }

    /** Its gradient is zero in exact arithmetic; what the solver makes of the rounding means nothing. */
    private static boolean isKeyBias(String name) {
        return name.endsWith("attention.self.key.bias");
    }

    /** The middle third of a joint bias of queries, keys and values is the keys'. */
    private static float[] withoutKeys(String name, float[] values) {
        if (name.endsWith("qkv.bias") || name.endsWith("attn.in_proj_bias")) {
            int third = values.length / 3;
            Arrays.fill(values, third, 2 * third, 0);
        }
        return values;
    }
}
