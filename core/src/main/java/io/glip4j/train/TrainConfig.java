package io.glip4j.train;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.AugmentConfig;
import io.glip4j.data.CaptionPacking;
import io.glip4j.data.NegativeSampling;
import io.glip4j.model.GlipConfig;
import java.util.List;
import java.util.function.Consumer;

/**
 * One training run; everything random in it follows from {@code seed}.
 *
 * @param steps of the solver
 * @param batchSize pictures of one forward pass, on every rank
 * @param accumulation forward passes whose gradients are averaged into one step
 * @param dataThreads that read and augment pictures ahead
 * @param checkpointEvery steps between two checkpoints
 * @param keepCheckpoints newest checkpoints that are kept
 * @param evaluateEvery steps between two evaluations; 0 for none
 * @param negatives classes that are not there, in the prompts of detection data
 * @param captions of other pictures, in the prompts of captions
 * @param losses beside grounding
 * @param compute how a pass is computed
 * @param taskWeights where the data holds several tasks
 * @param hiddenSpans share of the descriptions in which spans of words are hidden while the next ones are told, [0, 1]
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
        NegativeSampling negatives,
        CaptionPacking captions,
        List<ExtraLoss> losses,
        ComputeConfig compute,
        TaskWeights taskWeights,
        double hiddenSpans) {
    private static final int PUBLISHED_BATCH = 64;
    private static final int PUBLISHED_CHECKPOINTS = 2_500;
    private static final String NANO = "nano";
    private static final int NANO_WARMUP = 50;

    public TrainConfig {
        losses = List.copyOf(losses);
        atLeast("steps", 1, steps);
        atLeast("batchSize", 1, batchSize);
        atLeast("accumulation", 1, accumulation);
        atLeast("dataThreads", 1, dataThreads);
        atLeast("checkpointEvery", 1, checkpointEvery);
        atLeast("keepCheckpoints", 1, keepCheckpoints);
        atLeast("evaluateEvery", 0, evaluateEvery);
        if (!(hiddenSpans >= 0 && hiddenSpans <= 1)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "training: wanted hiddenSpans in [0, 1], got " + hiddenSpans);
        }
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
                NegativeSampling.PUBLISHED,
                CaptionPacking.PUBLISHED,
                List.of(),
                ComputeConfig.PLAIN,
                TaskWeights.EVEN,
                0);
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

    /** How a network is trained where nobody says otherwise. */
    public static TrainConfig usual(GlipConfig network, int steps) {
        return network.name().equals(NANO) ? nano(steps) : published(steps);
    }

    /** Pictures in one step and in how many passes. */
    public TrainConfig withBatch(int pictures, int passes) {
        return edited(draft -> {
            draft.batchSize = pictures;
            draft.accumulation = passes;
        });
    }

    public TrainConfig withSeed(long value) {
        return edited(draft -> draft.seed = value);
    }

    public TrainConfig withDataThreads(int threads) {
        return edited(draft -> draft.dataThreads = threads);
    }

    public TrainConfig withCheckpoints(int every, int keep) {
        return edited(draft -> {
            draft.checkpointEvery = every;
            draft.keepCheckpoints = keep;
        });
    }

    public TrainConfig withEvaluation(int every) {
        return edited(draft -> draft.evaluateEvery = every);
    }

    public TrainConfig withSolver(SolverConfig config) {
        return edited(draft -> draft.solver = config);
    }

    public TrainConfig withAugment(AugmentConfig config) {
        return edited(draft -> draft.augment = config);
    }

    public TrainConfig withNegatives(NegativeSampling sampling) {
        return edited(draft -> draft.negatives = sampling);
    }

    /** Captions of other pictures beside a picture's own. */
    public TrainConfig withCaptions(CaptionPacking packing) {
        return edited(draft -> draft.captions = packing);
    }

    /** Losses beside grounding. */
    public TrainConfig withLosses(List<ExtraLoss> extra) {
        return edited(draft -> draft.losses = extra);
    }

    public TrainConfig withCompute(ComputeConfig config) {
        return edited(draft -> draft.compute = config);
    }

    public TrainConfig withTaskWeights(TaskWeights weights) {
        return edited(draft -> draft.taskWeights = weights);
    }

    public TrainConfig withHiddenSpans(double share) {
        return edited(draft -> draft.hiddenSpans = share);
    }

    private TrainConfig edited(Consumer<Draft> edit) {
        Draft draft = new Draft(this);
        edit.accept(draft);
        return draft.finished();
    }

    /** A configuration while some of it is changed. */
    private static final class Draft {
        private final int steps;
        private int batchSize;
        private int accumulation;
        private long seed;
        private int dataThreads;
        private int checkpointEvery;
        private int keepCheckpoints;
        private int evaluateEvery;
        private SolverConfig solver;
        private AugmentConfig augment;
        private NegativeSampling negatives;
        private CaptionPacking captions;
        private List<ExtraLoss> losses;
        private ComputeConfig compute;
        private TaskWeights taskWeights;
        private double hiddenSpans;

        Draft(TrainConfig from) {
            this.steps = from.steps;
            this.batchSize = from.batchSize;
            this.accumulation = from.accumulation;
            this.seed = from.seed;
            this.dataThreads = from.dataThreads;
            this.checkpointEvery = from.checkpointEvery;
            this.keepCheckpoints = from.keepCheckpoints;
            this.evaluateEvery = from.evaluateEvery;
            this.solver = from.solver;
            this.augment = from.augment;
            this.negatives = from.negatives;
            this.captions = from.captions;
            this.losses = from.losses;
            this.compute = from.compute;
            this.taskWeights = from.taskWeights;
            this.hiddenSpans = from.hiddenSpans;
        }

        TrainConfig finished() {
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
                    negatives,
                    captions,
                    losses,
                    compute,
                    taskWeights,
                    hiddenSpans);
        }
    }

    private static void atLeast(String name, int least, int value) {
        if (value < least) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "training: wanted " + name + " of at least " + least + ", got " + value);
        }
    }
}
