package io.glip4j.app;

import io.glip4j.eval.run.AbsentTask;
import io.glip4j.output.PhraseThresholds;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which absent names a model is asked for. */
final class AbsentOptions {
    @Option(
            names = "--absent-names",
            paramLabel = "N",
            defaultValue = "10",
            description = "most absent names a picture is asked for (default: ${DEFAULT-VALUE})")
    private int names;

    @Option(
            names = "--absent-seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "of which ones (default: ${DEFAULT-VALUE})")
    private long seed;

    AbsentTask task(Path annotations, Path images, PhraseThresholds thresholds) {
        return new AbsentTask(annotations, images, names, seed, thresholds);
    }
}
