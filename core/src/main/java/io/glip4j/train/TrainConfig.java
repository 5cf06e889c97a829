package io.glip4j.train;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.AugmentConfig;
import io.glip4j.data.NegativeSampling;
import java.util.List;

/**
 * One training run; everything random in it follows from {@code seed}.
 *
 * @param steps of the solver
 * @param batchSize pictures of one forward pass
 * @param accumulation forward passes whose gradients are averaged into one step
 * @param dataThreads that read and augment pictures ahead
 * @param checkpointEvery steps between two checkpoints
 * @param keepCheckpoints newest checkpoints that are kept
 * @param evaluateEvery steps between two evaluations; 0 for none
 */
public record TrainConfig(
        int steps,
        int batchSize,
        int accumulation,
        long seed,
        int dataThreads,
        int checkpointEvery,
        int keepCheckpoints,
        int evaluateEvery,
        SolverConfig solver,
        AugmentConfig augment,
        NegativeSampling negatives) {
    private static final int PUBLISHED_BATCH = 64;
    private static final int PUBLISHED_CHECKPOINTS = 2_500;
    private static final int NANO_WARMUP = 50;

    public TrainConfig {
        atLeast("steps", 1, steps);
        atLeast("batchSize", 1, batchSize);
        atLeast("accumulation", 1, accumulation);
        atLeast("dataThreads", 1, dataThreads);
        atLeast("checkpointEvery", 1, checkpointEvery);
        atLeast("keepCheckpoints", 1, keepCheckpoints);
        atLeast("evaluateEvery", 0, evaluateEvery);
    }

    /** How GLIP-T was trained, for a run of {@code steps} steps: 64 pictures a step, here 8 at a time. */
    public static TrainConfig published(int steps) {
        int together = 8;
        return new TrainConfig(
                steps,
                together,
                PUBLISHED_BATCH / together,
                0,
                1,
                PUBLISHED_CHECKPOINTS,
                2,
                0,
                SolverConfig.published(steps),
                AugmentConfig.PUBLISHED,
                NegativeSampling.PUBLISHED);
    }

    /**
     * How the embedded nano is trained, on few pictures and one machine: both encoders stay as they were published, and
     * what joins them is learned at a high rate.
     */
    public static TrainConfig nano(int steps) {
        SolverConfig solver = SolverConfig.published(steps)
                .withBaseRate(5e-4)
                .withWarmup(Math.min(NANO_WARMUP, steps / 5))
                .withWeightDecay(0.05)
                .withEmaDecay(0.998)
                .withFrozen(List.of("language_backbone.", "backbone.body."));
        AugmentConfig augment = AugmentConfig.resizedTo(List.of(256, 288, 320, 352, 384), 640)
                .withCrop(0.3, 0.4)
                .withZoomOut(0.15, 1.6);
        return published(steps)
                .withBatch(4, 1)
                .withCheckpoints(200, 2)
                .withSolver(solver)
                .withAugment(augment)
                .withNegatives(new NegativeSampling(40, 0.3));
    }

    /** Pictures in one step and in how many passes. */
    public TrainConfig withBatch(int pictures, int passes) {
        return new TrainConfig(
                steps,
                pictures,
                passes,
                seed,
                dataThreads,
                checkpointEvery,
                keepCheckpoints,
                evaluateEvery,
                solver,
                augment,
                negatives);
    }

    public TrainConfig withSeed(long value) {
        return new TrainConfig(
                steps,
                batchSize,
                accumulation,
                value,
                dataThreads,
                checkpointEvery,
                keepCheckpoints,
                evaluateEvery,
                solver,
                augment,
                negatives);
    }

    public TrainConfig withDataThreads(int threads) {
        return new TrainConfig(
                steps,
                batchSize,
                accumulation,
                seed,
                threads,
                checkpointEvery,
                keepCheckpoints,
                evaluateEvery,
                solver,
                augment,
                negatives);
    }

    public TrainConfig withCheckpoints(int every, int keep) {
        return new TrainConfig(
                steps,
                batchSize,
                accumulation,
                seed,
                dataThreads,
                every,
                keep,
                evaluateEvery,
                solver,
                augment,
                negatives);
    }

    public TrainConfig withEvaluation(int every) {
        return new TrainConfig(
                steps,
                batchSize,
                accumulation,
                seed,
                dataThreads,
                checkpointEvery,
                keepCheckpoints,
                every,
                solver,
                augment,
                negatives);
    }

    public TrainConfig withSolver(SolverConfig config) {
        return new TrainConfig(
                steps,
                batchSize,
                accumulation,
                seed,
                dataThreads,
                checkpointEvery,
                keepCheckpoints,
                evaluateEvery,
                config,
                augment,
                negatives);
    }

    public TrainConfig withAugment(AugmentConfig config) {
        return new TrainConfig(
                steps,
                batchSize,
                accumulation,
                seed,
                dataThreads,
                checkpointEvery,
                keepCheckpoints,
                evaluateEvery,
                solver,
                config,
                negatives);
    }

    public TrainConfig withNegatives(NegativeSampling sampling) {
        return new TrainConfig(
                steps,
                batchSize,
                accumulation,
                seed,
                dataThreads,
                checkpointEvery,
                keepCheckpoints,
                evaluateEvery,
                solver,
                augment,
                sampling);
    }

    private static void atLeast(String name, int least, int value) {
        if (value < least) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "training: wanted " + name + " of at least " + least + ", got " + value);
        }
    }
}
