package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.Glip;
import io.glip4j.GlipException;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import io.glip4j.input.Prompt;
import io.glip4j.output.Grounding;
import io.glip4j.paint.DetectionPainter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glip ground}: finds what words name in pictures; prints and draws it. */
@Command(
        name = "ground",
        description = "Find what words name in pictures.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class GroundCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int SOME_FAILED = 2;

    @Parameters(paramLabel = "PICTURE", arity = "1..*", description = "picture files, or folders of them")
    private List<Path> named = List.of();

    @Mixin
    private PromptOptions prompt = new PromptOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--threshold",
            paramLabel = "SCORE",
            defaultValue = "0.5",
            description = "least score shown, 0..1 (default: ${DEFAULT-VALUE})")
    private double threshold;

    @Option(
            names = "--format",
            defaultValue = "TABLE",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private ResultFormat format = ResultFormat.TABLE;

    @Option(names = "--json", description = "the same as --format json")
    private boolean json;

    @Option(
            names = "--out",
            paramLabel = "PATH",
            description = "draw the boxes: a PNG file for one picture, a folder for several")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--max-pixels", paramLabel = "N", description = "refuse larger pictures (default: 178956970)")
    private long maxPixels = PictureReader.DEFAULT_MAX_PIXELS;

    @Option(names = "--ignore-orientation", description = "take pictures as stored, without EXIF orientation")
    private boolean ignoreOrientation;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (threshold < 0 || threshold > 1) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "wanted a --threshold in 0..1, got " + threshold + "; give one of these");
        }
        Prompt words = prompt.prompt();
        List<Path> pictures = PictureList.expand(named);
        boolean folder = pictures.size() > 1 || named.stream().anyMatch(Files::isDirectory);
        if (folder) {
            out.ifPresent(GroundCommand::makeFolder);
        }
        PictureReader reader = new PictureReader(maxPixels, !ignoreOrientation);
        List<String> failures = new ArrayList<>();
        try (Glip glip = model.load();
                ResultPrinter printer = new ResultPrinter(
                        json ? ResultFormat.JSON : format, spec.commandLine().getOut(), folder);
                Steps steps = folder ? Steps.shown("ground", pictures.size()) : Steps.silent()) {
            for (Path path : pictures) {
                try {
                    Picture picture = reader.read(path);
                    Grounding found = glip.ground(picture, words).above(threshold);
                    printer.print(path, words, found);
                    out.ifPresent(target -> new DetectionPainter()
                            .save(picture, found.detections(), folder ? drawn(target, path) : target));
                } catch (GlipException failure) {
                    if (!folder || !failure.code().callersFault()) {
                        throw failure;
                    }
                    failures.add(failure.getMessage());
                }
                steps.next();
            }
        }
        failures.forEach(line -> spec.commandLine().getErr().println("glip: left out: " + line));
        return failures.isEmpty() ? DONE : SOME_FAILED;
    }

    private static Path drawn(Path folder, Path picture) {
        return folder.resolve(picture.getFileName() + ".png");
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new GlipException(
                    ErrorCode.CANNOT_WRITE,
                    "wanted the folder " + folder + " for several pictures, could not make it: " + failure
                            + "; name another with --out",
                    failure);
        }
    }

    /** The progress bar, or none where one picture is done. */
    private record Steps(Optional<ProgressBar> bar) implements AutoCloseable {
        static Steps shown(String task, long total) {
            return new Steps(Optional.of(Progress.of(task, total)));
        }

        static Steps silent() {
            return new Steps(Optional.empty());
        }

        void next() {
            bar.ifPresent(ProgressBar::step);
        }

        @Override
        public void close() {
            bar.ifPresent(ProgressBar::close);
        }
    }
}
