package io.glip4j.train;

import io.glip4j.data.ExampleMaker;
import io.glip4j.data.Mixture;
import io.glip4j.data.OtherCaptions;
import io.glip4j.data.OtherWords;
import io.glip4j.data.PictureExamples;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.distributed.Ranks;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Training a network to ground class names and captions in pictures: what {@code glip train} does.
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
        Objective objective = new PretrainingObjective(
                network.config(), network.model(), network.tokenizer(), config.losses(), ranks);
        return new Trainer(
                network.parameters(), objective, mixture, maker, config, folder, evaluation, listeners, ranks);
    }
}
