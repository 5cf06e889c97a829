package io.glip4j.bench;

import io.glip4j.model.FusedFeatures;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.GlipOutput;
import io.glip4j.model.ImageFeatures;
import io.glip4j.model.Mode;
import io.glip4j.model.TextBatch;
import io.glip4j.model.TextFeatures;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.torch.checkpoint.SafetensorsWriter;
import io.glip4j.torch.checkpoint.StateDict;
import io.glip4j.torch.distributed.GradientAveraging;
import io.glip4j.torch.distributed.Ranks;
import io.glip4j.train.Solver;
import io.glip4j.train.SolverConfig;
import io.glip4j.train.TrainConfig;
import io.glip4j.train.TrainableModel;
import io.glip4j.train.loss.GroundingLoss;
import io.glip4j.train.loss.Losses;
import io.glip4j.train.loss.Positives;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A network and its solver, set up as {@code glip train} does, which take one step after another on the same task. */
final class TrainingContender implements AutoCloseable {
    /** In the order in which they are done, the peer's too. */
    static final List<String> PARTS =
            List.of("image encoder, pyramid", "text encoder", "fusion", "heads, losses", "backward", "solver");

    private static final long SEED = 1;
    private static final int STEPS = 10_000;
    private static final double OFFSET_DEVIATION = 0.5;

    private final TrainableModel trained;
    private final Parameters parameters;
    private final GlipModel model;
    private final SolverConfig config;
    private final Solver solver;
    private final TrainingTask task;
    private final Ranks ranks;
    private final GradientAveraging averaging;
    private int steps;

    /**
     * One step.
     *
     * @param loss the sum of the losses before the step, averaged over ranks
     */
    record Step(double seconds, double loss) {}

    /**
     * A network of drawn weights; a nano starts from its pretrained encoders.
     *
     * @param task this rank's part of it
     */
    TrainingContender(GlipConfig network, TrainingTask task, Ranks ranks) {
        this.trained = TrainableModel.fresh(network, SEED);
        this.parameters = trained.network().parameters();
        this.model = trained.network().model();
        this.task = task;
        this.ranks = ranks;
        try (TensorScope scope = TensorScope.withoutGradient()) { // start as zeros: let the taps move
            parameters.byName().forEach((name, tensor) -> {
                if (name.endsWith(".offset.bias")) {
                    torch.normal_(tensor, 0, OFFSET_DEVIATION);
                }
            });
        }
        this.config = TrainConfig.usual(network, STEPS).solver();
        this.solver = new Solver(parameters, config);
        this.averaging = ranks.averaging(parameters);
    }

    /** Values of all parameters. */
    long count() {
        return parameters.count();
    }

    /** Values of the parameters that are moved. */
    long trainedCount() {
        return parameters.byName().entrySet().stream()
                .filter(entry -> config.trains(entry.getKey()))
                .mapToLong(entry -> entry.getValue().numel())
                .sum();
    }

    /** Name prefixes of what stays as it is. */
    List<String> frozen() {
        return config.frozen();
    }

    void writeWeights(Path target) {
        try (StateDict weights = StateDict.of("the network", parameters.byName())) {
            SafetensorsWriter.write(target, weights, Map.of(), Precision.FULL);
        }
    }

    /** The sum of the losses as the network is, nothing dropped out. */
    double loss() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            GlipOutput output = model.forward(task.images(), task.text(), Mode.INFERENCE);
            return losses(output, task.text()).total().item_double();
        }
    }

    /** Takes one step, whose seconds by part are added to {@code parts}. */
    Step step(Series parts) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor images = task.images();
            TextBatch text = task.text();
            Clock clock = new Clock(parts);
            ImageFeatures image = model.encodeImages(images, Mode.TRAINING);
            clock.lap(PARTS.get(0));
            TextFeatures words = model.encodeText(text);
            clock.lap(PARTS.get(1));
            FusedFeatures fused = model.fuse(image, words, Mode.TRAINING);
            clock.lap(PARTS.get(2));
            Losses losses = losses(model.predict(fused), text);
            double loss = losses.averages(ranks).values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            clock.lap(PARTS.get(3));
            averaging.backward(losses.total());
            clock.lap(PARTS.get(4));
            solver.step(steps++);
            solver.clearGradients();
            clock.lap(PARTS.get(5));
            return new Step(clock.total(), loss);
        }
    }

    private Losses losses(GlipOutput output, TextBatch text) {
        Positives positives = GroundingLoss.PUBLISHED.positives(output, task.truths(), ranks);
        return GroundingLoss.PUBLISHED.of(output, positives, task.truths(), text.attentionMask());
    }

    @Override
    public void close() {
        averaging.close();
        solver.close();
        trained.close();
    }
}
