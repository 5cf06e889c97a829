package io.glip4j.app;

import io.glip4j.model.AnswerVocabulary;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.file.ModelFile;
import io.glip4j.train.TrainableModel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Where training starts: new weights of a preset, or those of a model. */
final class StartOptions {
    @Option(names = "--preset", paramLabel = "NAME", description = "new weights: nano, tiny or large")
    private Optional<String> preset = Optional.empty();

    @Option(names = "--model", paramLabel = "FILE", description = "the weights of a model; heads it lacks are new")
    private Optional<Path> model = Optional.empty();

    /**
     * The network to train, with heads for all that the run needs.
     *
     * @param heads without that for answers
     * @param answers asked for where questions are to be answered and the model has no list of answers yet
     */
    TrainableModel model(long seed, Set<GlipConfig.Head> heads, Optional<Supplier<AnswerVocabulary>> answers) {
        if (model.isEmpty()) {
            return TrainableModel.fresh(extended(GlipConfig.preset(preset.orElse("nano")), heads, answers), seed);
        }
        try (ModelFile file = ModelFile.open(model.get())) {
            GlipConfig config = extended(file.config(), heads, answers);
            return config.equals(file.config()) ? TrainableModel.from(file) : TrainableModel.from(file, config, seed);
        }
    }

    private static GlipConfig extended(
            GlipConfig config, Set<GlipConfig.Head> heads, Optional<Supplier<AnswerVocabulary>> answers) {
        GlipConfig more = config.withAlso(heads);
        boolean answered = more.answers().size() > 0;
        return answers.isEmpty() || answered
                ? more
                : more.withAnswers(answers.orElseThrow().get());
    }
}
