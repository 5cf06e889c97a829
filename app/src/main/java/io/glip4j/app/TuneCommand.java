package io.glip4j.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.glip4j.ErrorCode;
import io.glip4j.Glip;
import io.glip4j.GlipException;
import io.glip4j.app.report.TuneChart;
import io.glip4j.app.report.TuneTable;
import io.glip4j.eval.odinw.FewShotSplit;
import io.glip4j.model.file.ModelFile;
import io.glip4j.torch.TorchRuntime;
import io.glip4j.train.TrainableModel;
import io.glip4j.train.TuningMode;
import io.glip4j.train.tune.FewShotTuning;
import io.glip4j.train.tune.MeasuredSet;
import io.glip4j.train.tune.TuneReport;
import io.glip4j.train.tune.TuneResult;
import io.glip4j.train.tune.TuneRun;
import io.glip4j.train.tune.TuneSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip tune}: tunes a model with few examples, several times over, and reports what it gained. */
@Command(
        name = "tune",
        description = {
            "Tune a model with few examples of each class, for several numbers of examples and seeds (ODinW's protocol),",
            "stopping each run when the validation AP no longer rises. The same command again goes on with the runs that",
            "are missing."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TuneCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Option(names = "--model", paramLabel = "FILE", description = "the model to tune (default: the embedded nano)")
    private Optional<Path> model = Optional.empty();

    @Option(names = "--annotations", required = true, paramLabel = "FILE", description = "the training set, COCO JSON")
    private Path annotations = Path.of("");

    @Option(names = "--images", required = true, paramLabel = "DIR", description = "its pictures")
    private Path images = Path.of("");

    @Option(names = "--validation-annotations", required = true, paramLabel = "FILE", description = "COCO JSON")
    private Path validationAnnotations = Path.of("");

    @Option(names = "--validation-images", required = true, paramLabel = "DIR", description = "its pictures")
    private Path validationImages = Path.of("");

    @Option(names = "--validation-first", paramLabel = "N", description = "only its first N pictures (default: all)")
    private Optional<Integer> validationFirst = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "of the data set, for the report (default: its file's)")
    private Optional<String> name = Optional.empty();

    @ArgGroup(
            exclusive = false,
            multiplicity = "0..*",
            heading = "What tuning costs elsewhere, any number of sets, each with:%n")
    private List<OtherSetOptions> others = new ArrayList<>();

    @Option(names = "--other-first", paramLabel = "N", description = "only the first N pictures of each (default: all)")
    private Optional<Integer> otherFirst = Optional.empty();

    @Option(
            names = "--mode",
            split = ",",
            paramLabel = "MODE",
            defaultValue = "full",
            description =
                    "one or more of full: what glip train moves; linear_probe: boxes, centerness and word projection"
                            + " alone; prompt: nothing of the model, but what its text encoder says of the class names"
                            + " (default: ${DEFAULT-VALUE})")
    private List<TuningMode> modes = List.of(TuningMode.FULL);

    @Option(
            names = "--shots",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,3,5,10",
            description = "pictures of each class; 0 for all there are (default: ${DEFAULT-VALUE})")
    private List<Integer> shots = FewShotSplit.SHOTS;

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "SEED",
            defaultValue = "3,30,300",
            description = "of the choice of pictures and of training (default: ${DEFAULT-VALUE})")
    private List<Integer> seeds = FewShotSplit.SEEDS;

    @Option(names = "--steps", defaultValue = "400", paramLabel = "N", description = "most steps of a run")
    private int steps;

    @Option(names = "--evaluate-every", defaultValue = "40", paramLabel = "STEPS", description = "validation")
    private int evaluateEvery;

    @Option(names = "--patience", defaultValue = "3", paramLabel = "N", description = "validations without a better AP")
    private int patience;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "4", description = "pictures of a step")
    private int batch;

    @Option(names = "--rate", paramLabel = "RATE", description = "base learning rate")
    private Optional<Double> rate = Optional.empty();

    @Option(names = "--sizes", split = ",", paramLabel = "PIXELS", description = "shorter sides, one drawn a picture")
    private List<Integer> sizes = List.of();

    @Option(names = "--threads", paramLabel = "N", description = "threads of one operator (default: one a core)")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "a folder for each run, report.json and tune.png")
    private Path out = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        threads.ifPresent(TorchRuntime::setThreads);
        TuneSettings settings = new TuneSettings(steps, evaluateEvery, patience, batch, rate, sizes);
        List<TuneRun> runs = TuneRun.of(modes, shots, seeds);
        FewShotTuning.Start start = new FewShotTuning.Start(FileDigest.ofModel(model), this::load);
        TuneReport report = new FewShotTuning(start, data(), settings, out).run(runs, this::tell);
        TuneChart.write(report, out.resolve("tune.png"));
        say("%n%s", TuneTable.markdown(report));
        return 0;
    }

    private TrainableModel load() {
        try (ModelFile file =
                model.map(ModelFile::open).orElseGet(() -> ModelFile.read("the embedded nano", Glip.embedded()))) {
            return TrainableModel.from(file);
        }
    }

    private FewShotTuning.Data data() {
        Set<String> names = new HashSet<>();
        for (OtherSetOptions other : others) {
            if (!names.add(other.name())) {
                throw new GlipException(
                        ErrorCode.BAD_ARGUMENT,
                        "wanted another name for each --other set, got '" + other.name() + "' twice; rename one");
            }
        }
        MeasuredSet validation = new MeasuredSet(
                name.orElseGet(() -> String.valueOf(validationAnnotations.getFileName())),
                validationAnnotations,
                validationImages,
                validationFirst);
        return new FewShotTuning.Data(
                annotations,
                images,
                validation,
                others.stream().map(other -> other.set(otherFirst)).toList());
    }

    /** Prints what is new, and keeps all so far, so that an interrupted protocol has a report. */
    private void tell(TuneReport report) {
        if (report.runs().isEmpty()) {
            say("zero-shot  AP %.3f", report.zeroShot());
            report.zeroShotElsewhere().forEach((set, ap) -> say("zero-shot on %s  AP %.3f", set, ap));
        } else {
            TuneResult last = report.runs().get(report.runs().size() - 1);
            say(
                    "%s  %s  seed %d  AP %.3f at step %d",
                    last.mode(), TuneTable.label(last.shots()), last.seed(), last.ap(), last.step());
        }
        Path file = out.resolve("report.json");
        try {
            JSON.writeValue(file.toFile(), report);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, file + ": wanted a file to write to, got " + e, e);
        }
    }

    private void say(String format, Object... values) {
        spec.commandLine().getOut().println(String.format(Locale.ROOT, format, values));
    }
}
