package io.glip4j.train;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.DataLoader;
import io.glip4j.data.ExampleMaker;
import io.glip4j.data.Mixture;
import io.glip4j.data.Seeds;
import io.glip4j.data.TrainingExample;
import io.glip4j.model.file.ModelFile;
import io.glip4j.model.file.ModelHeader;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.torch.checkpoint.StateDict;
import io.glip4j.torch.distributed.GradientAveraging;
import io.glip4j.torch.distributed.Ranks;
import io.glip4j.torch.distributed.Traffic;
import io.glip4j.train.loss.LossTerm;
import io.glip4j.train.loss.Losses;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The training loop: batches from a loader, losses from an objective, steps by a {@link Solver}, with checkpoints that
 * resume exactly. All random numbers of a step follow from (seed, step), so that nothing but weights, moments and
 * averages has to be kept. For one thread.
 */
public final class Trainer implements AutoCloseable {
    private static final int BATCHES_AHEAD = 2;
    private static final double NANOS = 1e9;

    private final Parameters parameters;
    private final Objective objective;
    private final TrainConfig config;
    private final Mixture mixture;
    private final ExampleMaker maker;
    private final Solver solver;
    private final CheckpointFolder checkpoints;
    private final Optional<Evaluation> evaluation;
    private final List<TrainingListener> listeners;
    private final DivergenceGuard guard = new DivergenceGuard();
    private final Ranks ranks;
    private final GradientAveraging averaging;

    private final Path folder;
    private List<TrainingExample> lastBatch = List.of();
    private int stepsDone;
    private int stepsSaved;
    private volatile boolean stopRequested;

    /**
     * Starts at the present weights, or where the newest checkpoint in {@code folder} left off.
     *
     * @param maker called on the loader's threads
     * @param folder of checkpoints, the same files for every rank; one of another run (seed, batch, ranks, data or
     *     solver differ) is refused
     * @param ranks all of which train together; the first one saves and evaluates
     */
    public Trainer(
            Parameters parameters,
            Objective objective,
            Mixture mixture,
            ExampleMaker maker,
            TrainConfig config,
            Path folder,
            Optional<Evaluation> evaluation,
            List<TrainingListener> listeners,
            Ranks ranks) {
        this.ranks = ranks;
        this.folder = folder;
        this.parameters = parameters;
        this.objective = objective;
        this.mixture = mixture;
        this.maker = maker;
        this.config = config;
        this.evaluation = evaluation;
        this.listeners = List.copyOf(listeners);
        this.checkpoints = new CheckpointFolder(folder, config, mixture, ranks.count());
        this.solver = new Solver(parameters, config.solver());
        this.stepsDone = checkpoints.restoreNewest(parameters, solver);
        this.stepsSaved = stepsDone;
        agreeOnStart();
        ranks.copyFromFirst(parameters);
        this.averaging = ranks.averaging(parameters);
    }

    private void agreeOnStart() {
        double sum = ranks.sums(stepsDone)[0];
        if (sum != (double) stepsDone * ranks.count()) {
            throw new GlipException(
                    ErrorCode.CHECKPOINT_MISMATCH,
                    "training: wanted every rank to start from the same checkpoint, rank " + ranks.rank()
                            + " has one of "
                            + stepsDone + " steps and the mean is " + sum / ranks.count()
                            + "; give all ranks the same folder");
        }
    }

    /** Steps done so far, those before a resumption included. */
    public int stepsDone() {
        return stepsDone;
    }

    /** The averaged weights are the parameters' values while {@code action} runs. */
    public void withAverages(Runnable action) {
        solver.withAverages(action);
    }

    /**
     * Writes the network with its averaged weights.
     *
     * @param header what the model's file says beside its weights
     */
    public void writeModel(Path target, ModelHeader header, Precision precision) {
        solver.withAverages(() -> {
            try (StateDict weights = StateDict.of("trained network", parameters.byName())) {
                ModelFile.write(target, header, weights, precision);
            }
        });
    }

    /** Asks {@link #run} to save and return after the step it is in; from any thread. */
    public void requestStop() {
        stopRequested = true;
    }

    /** Trains to the last step, or until asked to stop; saves at its end. */
    public void run() {
        listeners.forEach(listener -> listener.started(stepsDone, config.steps()));
        DataLoader.Config loading = new DataLoader.Config(
                config.seed(),
                config.batchSize(),
                config.dataThreads(),
                BATCHES_AHEAD * config.accumulation(),
                new DataLoader.Share(ranks.rank(), ranks.count()));
        try (DataLoader loader = new DataLoader(mixture, maker, loading, stepsDone * config.accumulation())) {
            while (stepsDone < config.steps() && !stopped()) {
                StepReport report = step(loader);
                listeners.forEach(listener -> listener.step(report));
                checkConverging(report);
                afterStep();
            }
        }
        save();
    }

    private void checkConverging(StepReport report) {
        try {
            guard.record(stepsDone - 1, report.moved());
        } catch (GlipException diverged) {
            Path kept = DivergedBatch.save(folder, stepsDone, ranks.rank(), lastBatch);
            throw new GlipException(diverged.code(), diverged.getMessage() + "; its batch is in " + kept, diverged);
        }
    }

    /** Whether any rank was asked to stop: all of them then stop after the same step. */
    private boolean stopped() {
        return ranks.sums(stopRequested ? 1 : 0)[0] > 0;
    }

    private void afterStep() {
        if (stepsDone == config.steps() || stepsDone % config.checkpointEvery() == 0) {
            save();
        }
        if (config.evaluateEvery() > 0 && (stepsDone == config.steps() || stepsDone % config.evaluateEvery() == 0)) {
            evaluation.ifPresent(measure -> ranks.onFirst("evaluation", () -> evaluate(measure)));
        }
    }

    /** Writes a checkpoint, unless the newest one is of this step. */
    private void save() {
        if (stepsDone != stepsSaved) {
            ranks.onFirst("saving a checkpoint", () -> {
                Path saved = checkpoints.save(stepsDone, parameters, solver);
                listeners.forEach(listener -> listener.saved(stepsDone, saved));
            });
            stepsSaved = stepsDone;
        }
    }

    private void evaluate(Evaluation measure) {
        solver.withAverages(() -> {
            Map<String, Double> numbers = measure.evaluate(stepsDone);
            listeners.forEach(listener -> listener.evaluated(stepsDone, numbers));
        });
    }

    private StepReport step(DataLoader loader) {
        long begin = System.nanoTime();
        long waitedBefore = loader.waitedNanos();
        int step = stepsDone;
        Traffic trafficBefore = ranks.traffic();
        Map<LossTerm, Double> sums = new EnumMap<>(LossTerm.class);
        double total = 0;
        boolean finite = true;
        for (int pass = 0; pass < config.accumulation(); pass++) {
            List<TrainingExample> batch = loader.next();
            if (finite) {
                lastBatch = batch;
                double loss = backward(batch, step, pass, sums);
                total += loss;
                finite = Double.isFinite(loss);
            }
        }
        double norm = finite ? solver.step(step) : Double.NaN;
        solver.clearGradients();
        stepsDone = step + 1;
        double passes = config.accumulation();
        sums.replaceAll((term, sum) -> sum / passes);
        return new StepReport(
                stepsDone,
                config.steps(),
                finite ? sums : Map.of(),
                total / passes,
                norm,
                config.solver().baseRate() * config.solver().schedule(step),
                Double.isFinite(norm),
                config.batchSize() * config.accumulation() * ranks.count(),
                ranks.traffic().minus(trafficBefore),
                (loader.waitedNanos() - waitedBefore) / NANOS,
                (System.nanoTime() - begin) / NANOS);
    }

    /**
     * Adds the gradients of one pass to the parameters'; after a step's last pass they are averages over ranks.
     *
     * @return the loss averaged over ranks; no gradients are added where it is not finite
     */
    private double backward(List<TrainingExample> batch, int step, int pass, Map<LossTerm, Double> sums) {
        long seed = Seeds.mix(config.seed(), step, pass);
        try (TensorScope scope = TensorScope.open()) {
            torch.manual_seed(seed + ranks.rank());
            Losses losses = config.compute().forward(() -> objective.of(batch, seed));
            Tensor total = losses.total();
            Map<LossTerm, Double> values = losses.averages(ranks);
            double value =
                    values.values().stream().mapToDouble(Double::doubleValue).sum();
            if (Double.isFinite(value)) {
                values.forEach((term, loss) -> sums.merge(term, loss, Double::sum));
                Tensor scaled = Tensors.times(total, 1.0 / config.accumulation());
                if (pass == config.accumulation() - 1) {
                    averaging.backward(scaled);
                } else {
                    scaled.backward();
                }
            }
            return value;
        }
    }

    @Override
    public void close() {
        averaging.close();
        solver.close();
    }
}
