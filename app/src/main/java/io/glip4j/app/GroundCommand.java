package io.glip4j.app;

import io.glip4j.Glip;
import io.glip4j.eval.absent.ThresholdFile;
import io.glip4j.input.Prompt;
import io.glip4j.model.file.TunedPrompt;
import io.glip4j.output.Grounding;
import io.glip4j.output.PhraseThresholds;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip ground}: finds what words name in pictures; prints and draws it. */
@Command(
        name = "ground",
        description = "Find what words name in pictures.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class GroundCommand implements Callable<Integer> {
    @Mixin
    private PictureOptions pictures = new PictureOptions();

    @Mixin
    private PromptOptions prompt = new PromptOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private FormatOptions format = new FormatOptions();

    @Option(
            names = "--thresholds",
            paramLabel = "FILE",
            description = "a threshold for each phrase, from glip calibrate, in place of --threshold")
    private Optional<Path> thresholds = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        pictures.checkThreshold();
        Optional<PhraseThresholds> ofPhrases =
                thresholds.map(file -> ThresholdFile.read(file).requireModel(model.fingerprint()));
        Optional<TunedPrompt> tuned =
                prompt.tuned().map(file -> TunedPrompt.read(file).requireModel(model.fingerprint()));
        try {
            return ground(tuned, ofPhrases);
        } finally {
            tuned.ifPresent(TunedPrompt::close);
        }
    }

    private int ground(Optional<TunedPrompt> tuned, Optional<PhraseThresholds> ofPhrases) {
        Prompt words =
                tuned.<Prompt>map(classes -> Prompt.classes(classes.classes())).orElseGet(prompt::prompt);
        try (Glip glip = model.load();
                ResultPrinter printer = format.printer(spec.commandLine().getOut(), pictures.several())) {
            PhraseThresholds least = ofPhrases.orElseGet(() -> PhraseThresholds.even(pictures.threshold(glip)));
            return pictures.each("ground", spec.commandLine().getErr(), (path, picture) -> {
                Grounding all = tuned.map(classes -> glip.ground(picture, classes))
                        .orElseGet(() -> glip.ground(picture, words));
                Grounding found = least.applied(all);
                printer.print(path, words, found);
                return found;
            });
        }
    }
}
