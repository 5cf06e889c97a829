package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.Glip;
import io.glip4j.GlipException;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import io.glip4j.output.Grounding;
import io.glip4j.paint.DetectionPainter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which pictures a command looks at, how they are read, and where what was found is drawn. */
final class PictureOptions {
    private static final int DONE = 0;
    private static final int SOME_FAILED = 2;

    @Parameters(paramLabel = "PICTURE", arity = "1..*", description = "picture files, or folders of them")
    private List<Path> named = List.of();

    @Option(
            names = "--threshold",
            paramLabel = "SCORE",
            description = "least score of a box shown, 0..1 (default: 0.45 of a nano, 0.5 of other models)")
    private Optional<Double> threshold = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "PATH",
            description = "draw what is found: a PNG file for one picture, a folder for several")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--max-pixels", paramLabel = "N", description = "refuse larger pictures (default: 178956970)")
    private long maxPixels = PictureReader.DEFAULT_MAX_PIXELS;

    @Option(names = "--ignore-orientation", description = "take pictures as stored, without EXIF orientation")
    private boolean ignoreOrientation;

    /** What a command does with one picture; gives the boxes to draw. */
    @FunctionalInterface
    interface Work {
        Grounding on(Path path, Picture picture);
    }

    /** What a command does with one picture; gives what can be drawn of it. */
    @FunctionalInterface
    interface DrawnWork {
        Drawing on(Path path, Picture picture);
    }

    /** Draws on a picture and writes it as a PNG. */
    @FunctionalInterface
    interface Drawing {
        void save(Picture picture, Path png);
    }

    /** Whether results are a list: a folder, or more than one picture. */
    boolean several() {
        return named.size() > 1 || named.stream().anyMatch(Files::isDirectory);
    }

    /** Refuses a threshold that no score can be held against, before a model is loaded. */
    void checkThreshold() {
        threshold.filter(least -> !(least >= 0 && least <= 1)).ifPresent(least -> {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "wanted a --threshold in 0..1, got " + least + "; give one of these");
        });
    }

    /** The threshold that was asked for, or the model's usual one. */
    double threshold(Glip glip) {
        return threshold.orElseGet(glip.config()::usualThreshold);
    }

    /** Works on every picture as {@link #eachDrawn}, and draws boxes. */
    int each(String task, PrintWriter err, Work work) {
        return eachDrawn(task, err, (path, picture) -> {
            Grounding found = work.on(path, picture);
            return (drawn, png) -> new DetectionPainter().save(drawn, found.detections(), png);
        });
    }

    /**
     * Works on every picture; where there are several, a bad one is left out and named at the end.
     *
     * @param task for the progress bar
     * @return the exit code
     */
    int eachDrawn(String task, PrintWriter err, DrawnWork work) {
        List<Path> pictures = PictureList.expand(named);
        boolean several = several();
        if (several) {
            out.ifPresent(folder -> makeFolder(folder, "--out"));
        }
        PictureReader reader = new PictureReader(maxPixels, !ignoreOrientation);
        List<String> failures = new ArrayList<>();
        try (Steps steps = several ? Steps.shown(task, pictures.size()) : Steps.silent()) {
            for (Path path : pictures) {
                try {
                    Picture picture = reader.read(path);
                    Drawing drawing = work.on(path, picture);
                    out.ifPresent(target -> drawing.save(picture, several ? drawn(target, path) : target));
                } catch (GlipException failure) {
                    if (!several || !failure.code().callersFault()) {
                        throw failure;
                    }
                    failures.add(failure.getMessage());
                }
                steps.next();
            }
        }
        failures.forEach(line -> err.println("glip: left out: " + line));
        return failures.isEmpty() ? DONE : SOME_FAILED;
    }

    private static Path drawn(Path folder, Path picture) {
        return folder.resolve(picture.getFileName() + ".png");
    }

    /** @param option that named it */
    static void makeFolder(Path folder, String option) {
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new GlipException(
                    ErrorCode.CANNOT_WRITE,
                    "wanted the folder " + folder + " for pictures, could not make it: " + failure
                            + "; name another with " + option,
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
