package io.glip4j.app;

import io.glip4j.Glip;
import io.glip4j.input.Prompt;
import io.glip4j.output.Segment;
import io.glip4j.output.Segments;
import io.glip4j.paint.DetectionPainter;
import io.glip4j.paint.MaskPng;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip segment}: finds what words name in pictures, pixel by pixel. */
@Command(
        name = "segment",
        description = "Find what words name in pictures, pixel by pixel.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SegmentCommand implements Callable<Integer> {
    @Mixin
    private PictureOptions pictures = new PictureOptions();

    @Mixin
    private PromptOptions prompt = new PromptOptions();

    @Option(
            names = "--best",
            description = "only the best of each phrase: what \"the giraffe on the left\" refers to, with --sentence")
    private boolean best;

    @Option(
            names = "--masks",
            paramLabel = "DIR",
            description =
                    "write each mask as a PNG, white on black: PICTURE.1.png, PICTURE.2.png, ... in the order printed")
    private Optional<Path> masks = Optional.empty();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private FormatOptions format = new FormatOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        pictures.checkThreshold();
        Prompt words = prompt.prompt();
        masks.ifPresent(folder -> PictureOptions.makeFolder(folder, "--masks"));
        try (Glip glip = model.load();
                ResultPrinter printer = format.printer(spec.commandLine().getOut(), pictures.several())) {
            double threshold = pictures.threshold(glip);
            return pictures.eachDrawn("segment", spec.commandLine().getErr(), (path, picture) -> {
                Segments all = glip.segment(picture, words, threshold);
                Segments found = best ? all.bestOfEachPhrase() : all;
                printer.print(path, words, found);
                masks.ifPresent(folder -> write(found, folder, path));
                return (drawn, png) -> new DetectionPainter().save(drawn, found, png);
            });
        }
    }

    private static void write(Segments found, Path folder, Path picture) {
        int number = 0;
        for (Segment segment : found.segments()) {
            String name = String.format(Locale.ROOT, "%s.%d.png", picture.getFileName(), ++number);
            MaskPng.save(segment.mask(), folder.resolve(name));
        }
    }
}
