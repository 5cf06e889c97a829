package io.glip4j.app;

import io.glip4j.train.tune.MeasuredSet;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** One set of other things on the command line; {@code glip tune} takes several. */
final class OtherSetOptions {
    @Option(
            names = "--other",
            required = true,
            paramLabel = "NAME",
            description = "a set of other things, on which the model is measured before and after each run")
    private String name = "";

    @Option(names = "--other-annotations", required = true, paramLabel = "FILE", description = "COCO JSON")
    private Path annotations = Path.of("");

    @Option(names = "--other-images", required = true, paramLabel = "DIR", description = "its pictures")
    private Path images = Path.of("");

    String name() {
        return name;
    }

    MeasuredSet set(Optional<Integer> first) {
        return new MeasuredSet(name, annotations, images, first);
    }
}
