package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.Glip;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.label.CaptionLabeller;
import io.glip4j.label.ClassLabeller;
import io.glip4j.label.LabelFilter;
import io.glip4j.label.LabelRun;
import io.glip4j.label.Labeller;
import io.glip4j.label.UnlabelledPicture;
import io.glip4j.label.UnlabelledPictures;
import io.glip4j.pretrained.CenterNetTeacher;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip pseudo-label}: boxes made by a teacher for pictures that have none. */
@Command(
        name = "pseudo-label",
        description = {
            "Label pictures by a teacher, as data to train on.",
            "Without captions, the embedded CenterNet finds COCO's 80 classes: COCO JSON.",
            "With captions, a model finds their noun phrases: ODVG JSON lines.",
            "The same command again goes on where an interrupted run was."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class PseudoLabelCommand implements Callable<Integer> {
    private static final double CLASS_THRESHOLD = 0.4;
    private static final double PHRASE_THRESHOLD = 0.5;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "folder of the pictures; those in it and its folders are labelled, unless they are named")
    private Optional<Path> images = Optional.empty();

    @Option(names = "--list", paramLabel = "FILE", description = "the pictures, one a line, relative to --images")
    private Optional<Path> list = Optional.empty();

    @Option(
            names = "--captions",
            paramLabel = "FILE",
            description = "the pictures as JSON lines: {\"image\": \"a.jpg\", \"caption\": \"a dog on a sofa\"}")
    private Optional<Path> captions = Optional.empty();

    @Option(
            names = "--shards",
            paramLabel = "PATH",
            description = "a tar file or a folder of them, instead: pictures with captions, as WebDataset writes them")
    private Optional<Path> shards = Optional.empty();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "labels; must not be there yet")
    private Path out = Path.of("");

    @Option(
            names = "--threshold",
            paramLabel = "SCORE",
            description = "least score of a label, 0..1 (default: " + CLASS_THRESHOLD + " of a class, "
                    + PHRASE_THRESHOLD + " of a phrase)")
    private Optional<Double> threshold = Optional.empty();

    @Option(
            names = "--threshold-of",
            paramLabel = "NAME=SCORE",
            description = "another one for a class; may be repeated")
    private Map<String, Double> thresholdOf = Map.of();

    @Option(
            names = "--overlap",
            paramLabel = "IOU",
            defaultValue = "0.6",
            description = "of two boxes of one name that overlap more, the better stays (default: ${DEFAULT-VALUE})")
    private double overlap;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "512",
            description = "CenterNet: longer side of the pictures, a multiple of 32 (default: ${DEFAULT-VALUE})")
    private int size;

    @Option(names = "--keep-empty", description = "CenterNet: write pictures in which nothing is found, too")
    private boolean keepEmpty;

    @Option(
            names = "--bad-limit",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "lines and pictures that may be left out because they cannot be read (default: ${DEFAULT-VALUE})")
    private int badLimit;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        boolean namedTwice = captions.isPresent() && (list.isPresent() || shards.isPresent());
        if (images.isPresent() == shards.isPresent() || namedTwice) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted --images, alone or with --list or --captions, or --shards; got another choice");
        }
        BadRecordLog log = new BadRecordLog(new BadRecords(badLimit));
        if (shards.isPresent()) {
            return labelPhrases(UnlabelledPictures.inShards(shards.get(), log), shards.get());
        }
        Path folder = images.orElseThrow();
        return captions.map(file -> labelPhrases(UnlabelledPictures.withCaptions(file, log), folder))
                .orElseGet(() -> labelClasses(folder));
    }

    private int labelPhrases(List<UnlabelledPicture> pictures, Path folder) {
        LabelFilter filter = new LabelFilter(threshold.orElse(PHRASE_THRESHOLD), thresholdOf, overlap);
        try (Glip teacher = model.load()) {
            return label(pictures, folder, new CaptionLabeller(teacher::ground, model.identity(), filter));
        }
    }

    private int labelClasses(Path folder) {
        LabelFilter filter = new LabelFilter(threshold.orElse(CLASS_THRESHOLD), thresholdOf, overlap);
        checkClasses();
        List<UnlabelledPicture> pictures =
                list.map(UnlabelledPictures::inList).orElseGet(() -> UnlabelledPictures.inFolder(folder));
        model.applyThreads();
        try (CenterNetTeacher teacher = new CenterNetTeacher()) {
            return label(pictures, folder, new ClassLabeller(teacher, size, filter, keepEmpty));
        }
    }

    private void checkClasses() {
        thresholdOf.keySet().stream()
                .filter(name -> !CenterNetTeacher.CLASSES.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new GlipException(
                            ErrorCode.BAD_ARGUMENT,
                            "wanted --threshold-of one of COCO's classes, got '" + name + "'; they are "
                                    + CenterNetTeacher.CLASSES);
                });
    }

    private int label(List<UnlabelledPicture> pictures, Path folder, Labeller labeller) {
        if (pictures.isEmpty()) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE, "wanted pictures to label in " + folder + ", found none; name others");
        }
        PrintWriter print = spec.commandLine().getOut();
        try (LabelRun run = new LabelRun(pictures, folder, labeller, badLimit, out)) {
            try (ProgressBar bar = Progress.of("label", pictures.size())) {
                bar.stepTo(run.done());
                run.run(bar::step);
            } finally {
                run.bad().forEach(line -> spec.commandLine().getErr().println("glip: left out: " + line));
            }
            print.println("wrote " + out + ": labels of " + run.labelled() + " of " + pictures.size() + " pictures, "
                    + run.bad().size() + " could not be read");
        }
        return 0;
    }
}
