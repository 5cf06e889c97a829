package io.glip4j.train;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.ExampleMaker;
import io.glip4j.data.Mixture;
import io.glip4j.data.OtherCaptions;
import io.glip4j.data.OtherWords;
import io.glip4j.data.PictureExamples;
import io.glip4j.data.SpanMasking;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.Task;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.distributed.Ranks;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Training a network on data sets, each for its task: what {@code glip train} does.
 *
 * @param otherWords for the class names of all data sets
 * @param folder of its checkpoints; where there are some, the run goes on from the newest
 */
public record TrainingRun(List<DataSource> data, TrainConfig config, OtherWords otherWords, Path folder) {
    public TrainingRun {
        data = List.copyOf(data);
    }

    /** A run in which every class keeps its name. */
    public TrainingRun(List<DataSource> data, TrainConfig config, Path folder) {
        this(data, config, OtherWords.NONE, folder);
    }

    /** A network to train: its weights are changed in place and stay the caller's. */
    public record Network(GlipConfig config, GlipModel model, Parameters parameters, Tokenizer tokenizer) {}

    /**
     * Opens the data, which is checked as a whole, and takes up the newest checkpoint; {@link Trainer#run} trains.
     *
     * @param evaluation called every {@code evaluateEvery} steps
     */
    public Trainer start(Network network, Optional<Evaluation> evaluation, List<TrainingListener> listeners) {
        return start(network, evaluation, listeners, Ranks.ALONE);
    }

    /** As above, as one of several processes, each of which calls this. */
    public Trainer start(
            Network network, Optional<Evaluation> evaluation, List<TrainingListener> listeners, Ranks ranks) {
        Mixture mixture = new Mixture(data.stream().map(DataSource::open).toList());
        ExampleMaker maker = new PictureExamples(
                config.augment(),
                config.negatives(),
                otherWords,
                new OtherCaptions(mixture, config.captions()),
                network.tokenizer(),
                network.config().textEncoder().maxTokens());
        Map<Task, Objective> objectives = new EnumMap<>(Task.class);
        mixture.epochTasks().keySet().forEach(task -> objectives.put(task, objective(task, network, ranks)));
        Objective objective = new MultiTaskObjective(objectives, config.taskWeights());
        return new Trainer(
                network.parameters(), objective, mixture, maker, config, folder, evaluation, listeners, ranks);
    }

    private Objective objective(Task task, Network network, Ranks ranks) {
        return switch (task) {
            case GROUND ->
                new PretrainingObjective(
                        network.config(), network.model(), network.tokenizer(), config.losses(), ranks);
            case ANSWER -> new AnswerObjective(network.config(), network.model());
            case DESCRIBE ->
                new DescribeObjective(
                        network.config(),
                        network.model(),
                        SpanMasking.published(config.hiddenSpans(), network.tokenizer()),
                        ranks);
            case SEGMENT ->
                throw new GlipException(ErrorCode.BAD_ARGUMENT, "training: wanted data for another task than " + task);
        };
    }
}
