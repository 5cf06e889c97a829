package io.glip4j.app;

import io.glip4j.eval.odinw.FewShotFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip few-shot}: the training set of a few-shot split. */
@Command(
        name = "few-shot",
        description = {
            "Write the few-shot part of a COCO training set, chosen as ODinW chooses it.",
            "Published splits: shots 1, 3, 5, 10; seeds 3, 30, 300."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class FewShotCommand implements Callable<Integer> {
    @Option(names = "--annotations", required = true, paramLabel = "FILE", description = "the training set, COCO JSON")
    private Path annotations = Path.of("");

    @Option(names = "--shots", required = true, paramLabel = "N", description = "pictures of each category")
    private int shots;

    @Option(names = "--seed", required = true, paramLabel = "SEED", description = "0 leaves pictures in order")
    private int seed;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the annotation file to write")
    private Path out = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        int chosen = FewShotFile.write(annotations, shots, seed, out).size();
        spec.commandLine().getOut().println("wrote " + out + " with " + chosen + " pictures");
        return 0;
    }
}
