package io.glip4j.app;

import io.glip4j.Glip;
import io.glip4j.inference.DescribeOptions;
import io.glip4j.output.Description;
import io.glip4j.output.Grounding;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip describe}: says what is in pictures, and where what it names is. */
@Command(
        name = "describe",
        description = "Describe pictures in words, and find what the words name.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DescribeCommand implements Callable<Integer> {
    @Mixin
    private PictureOptions pictures = new PictureOptions();

    @Option(
            names = "--max-words",
            paramLabel = "N",
            defaultValue = "20",
            description = "a longer description is cut (default: ${DEFAULT-VALUE})")
    private int maxWords;

    @Mixin
    private DecodingOptions decoding = new DecodingOptions();

    @Option(names = "--no-boxes", description = "words only")
    private boolean noBoxes;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        pictures.checkThreshold();
        DescribeOptions options = new DescribeOptions(decoding.decoding(), maxWords, !noBoxes);
        PrintWriter out = spec.commandLine().getOut();
        try (Glip glip = model.load();
                ResultOutput results = new ResultOutput(json, out, pictures.several())) {
            double threshold = pictures.threshold(glip);
            return pictures.each("describe", spec.commandLine().getErr(), (path, picture) -> {
                Description description = glip.describe(picture, options);
                Grounding found = description.grounding().above(threshold);
                results.print(DetectionJson.described(path, description, found), () -> {
                    DetectionTable.title(path, found, out);
                    print(description, found, out);
                });
                return found;
            });
        }
    }

    private static void print(Description description, Grounding found, PrintWriter out) {
        out.println("  " + description.text() + (description.ended() ? "" : " ..."));
        if (!found.detections().isEmpty()) {
            DetectionTable.print(found.detections(), out);
        }
    }
}
