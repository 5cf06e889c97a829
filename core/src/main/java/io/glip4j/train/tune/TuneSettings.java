package io.glip4j.train.tune;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.train.SolverConfig;
import io.glip4j.train.TrainConfig;
import io.glip4j.train.TrainingRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How each run is trained and stopped.
 *
 * @param steps at most
 * @param evaluateEvery steps from one measurement on the validation set to the next
 * @param patience measurements in a row that may bring no better AP
 * @param batch pictures of a step
 * @param rate base learning rate; the network's usual one if empty
 * @param sizes shorter sides that pictures are resized to; the network's usual ones if empty
 */
public record TuneSettings(
        int steps, int evaluateEvery, int patience, int batch, Optional<Double> rate, List<Integer> sizes) {
    /** Share of the averaged weights kept at each step: that of long runs would hide what few steps learn. */
    private static final double AVERAGED = 0.9;

    private static final int WARMUP_SHARE = 10;

    public TuneSettings {
        sizes = List.copyOf(sizes);
        if (steps < 1 || evaluateEvery < 1 || patience < 1 || batch < 1) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "tuning: wanted steps, steps between measurements, patience and batch of at least 1, got " + steps
                            + ", " + evaluateEvery + ", " + patience + " and " + batch);
        }
        if (rate.isPresent() && !(rate.get() > 0 && Double.isFinite(rate.get()))) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "tuning: wanted a rate above 0, got " + rate.get());
        }
        if (sizes.stream().anyMatch(size -> size < 1)) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "tuning: wanted sizes of at least 1 pixel, got " + sizes);
        }
    }

    TrainConfig training(TrainingRun.Network network, TuneRun run) {
        TrainConfig usual = TrainConfig.usual(network.config(), steps);
        SolverConfig solver = run.mode()
                .applied(
                        usual.solver()
                                .withWarmup(Math.min(usual.solver().warmupSteps(), steps / WARMUP_SHARE))
                                .withEmaDecay(AVERAGED),
                        network.parameters().byName().keySet());
        TrainConfig config = usual.withSolver(rate.map(solver::withBaseRate).orElse(solver))
                .withBatch(batch, 1)
                .withSeed(run.seed())
                .withCheckpoints(steps, 1)
                .withEvaluation(evaluateEvery);
        return sizes.isEmpty() ? config : config.withAugment(usual.augment().withShorterSides(sizes));
    }

    /** Every number by its name, as it is kept beside results. */
    Map<String, String> described() {
        Map<String, String> numbers = new LinkedHashMap<>();
        numbers.put("steps", Integer.toString(steps));
        numbers.put("evaluate_every", Integer.toString(evaluateEvery));
        numbers.put("patience", Integer.toString(patience));
        numbers.put("batch", Integer.toString(batch));
        numbers.put("rate", rate.map(String::valueOf).orElse("usual"));
        numbers.put("sizes", sizes.isEmpty() ? "usual" : sizes.toString());
        return numbers;
    }
}
