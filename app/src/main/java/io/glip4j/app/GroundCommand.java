package io.glip4j.app;

import io.glip4j.Glip;
import io.glip4j.input.Prompt;
import io.glip4j.output.Grounding;
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

    @Option(
            names = "--format",
            defaultValue = "TABLE",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private ResultFormat format = ResultFormat.TABLE;

    @Option(names = "--json", description = "the same as --format json")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        double threshold = pictures.threshold();
        Prompt words = prompt.prompt();
        try (Glip glip = model.load();
                ResultPrinter printer = new ResultPrinter(
                        json ? ResultFormat.JSON : format, spec.commandLine().getOut(), pictures.several())) {
            return pictures.each("ground", spec.commandLine().getErr(), (path, picture) -> {
                Grounding found = glip.ground(picture, words).above(threshold);
                printer.print(path, words, found);
                return found;
            });
        }
    }
}
