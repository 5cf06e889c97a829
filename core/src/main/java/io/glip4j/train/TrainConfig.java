package io.glip4j.train;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.AugmentConfig;
import io.glip4j.data.NegativeSampling;
import java.util.List;
import java.util.Map;

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
    private static final List<Integer> NANO_SIDES = List.of(256, 288, 320, 352, 384, 416);
    private static final int NANO_LONGER_SIDE = 704;

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
     * How the embedded nano is trained: both encoders stay as published, the rest starts from
     * {@link io.glip4j.pretrained.NanoStart} and needs a rate ten times GLIP's for so short a run.
     */
    public static TrainConfig nano(int steps) {
        AugmentConfig augment = AugmentConfig.resizedTo(NANO_SIDES, NANO_LONGER_SIDE)
                .withCrop(0.3, 0.4)
                .withZoomOut(0.15, 1.6);
        SolverConfig solver = SolverConfig.published(steps)
                .withBaseRate(1e-3)
                .withRateFactors(Map.of())
                .withWarmup(Math.min(50, steps))
                .withWeightDecay(0.05)
                .withEmaDecay(0.99)
                .withFrozen(List.of("language_backbone", "backbone.body"));
        return new TrainConfig(steps, 4, 1, 7, 1, 100, 2, 0, solver, augment, new NegativeSampling(40, 0.3));
    }

    /** Pictures in one step and in how many passes. */
    public TrainConfig withBatch(int pictures, int passes) {
        return new TrainConfig(
                steps, pictures, passes, seed, dataThreads, checkpointEvery, keepCheckpoints, evaluateEvery, solver,
                augment, negatives);
    }

    public TrainConfig withSeed(long value) {
        return new TrainConfig(
                steps, batchSize, accumulation, value, dataThreads, checkpointEvery, keepCheckpoints, evaluateEvery,
                solver, augment, negatives);
    }

    public TrainConfig withDataThreads(int threads) {
        return new TrainConfig(
                steps, batchSize, accumulation, seed, threads, checkpointEvery, keepCheckpoints, evaluateEvery,
                solver, augment, negatives);
    }

    public TrainConfig withCheckpoints(int every, int keep) {
        return new TrainConfig(
                steps, batchSize, accumulation, seed, dataThreads, every, keep, evaluateEvery, solver, augment,
                negatives);
    }

    public TrainConfig withEvaluation(int every) {
        return new TrainConfig(
                steps, batchSize, accumulation, seed, dataThreads, checkpointEvery, keepCheckpoints, every, solver,
                augment, negatives);
    }

    public TrainConfig withSolver(SolverConfig config) {
        return new TrainConfig(
                steps, batchSize, accumulation, seed, dataThreads, checkpointEvery, keepCheckpoints, evaluateEvery,
                config, augment, negatives);
    }

    public TrainConfig withAugment(AugmentConfig config) {
        return new TrainConfig(
                steps, batchSize, accumulation, seed, dataThreads, checkpointEvery, keepCheckpoints, evaluateEvery,
                solver, config, negatives);
    }

    public TrainConfig withNegatives(NegativeSampling sampling) {
        return new TrainConfig(
                steps, batchSize, accumulation, seed, dataThreads, checkpointEvery, keepCheckpoints, evaluateEvery,
                solver, augment, sampling);
    }

    private static void atLeast(String name, int least, int value) {
        if (value < least) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "training: wanted " + name + " of at least " + least + ", got " + value);
        }
    }
}
