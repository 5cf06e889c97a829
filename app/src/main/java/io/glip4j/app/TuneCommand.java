package io.glip4j.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.glip4j.ErrorCode;
import io.glip4j.Glip;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecords;
import io.glip4j.data.ClassNames;
import io.glip4j.data.CocoDataset;
import io.glip4j.data.format.DataFiles;
import io.glip4j.data.format.DataFormat;
import io.glip4j.eval.detection.GroundedCategories;
import io.glip4j.eval.odinw.FewShotFile;
import io.glip4j.eval.odinw.FewShotSplit;
import io.glip4j.inference.Grounder;
import io.glip4j.model.file.ModelFile;
import io.glip4j.model.file.TunedPrompt;
import io.glip4j.torch.TorchRuntime;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.train.EarlyStop;
import io.glip4j.train.Evaluation;
import io.glip4j.train.FileSource;
import io.glip4j.train.SolverConfig;
import io.glip4j.train.TrainConfig;
import io.glip4j.train.TrainableModel;
import io.glip4j.train.Trainer;
import io.glip4j.train.TrainingRun;
import io.glip4j.train.TuningMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
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
    private static final String AP = "AP";
    private static final String MODEL = "model.safetensors";
    private static final String PROMPT = "prompt.safetensors";
    private static final int ALL = 0;
    /** Share of the averaged weights kept at each step: that of long runs would hide what few steps learn. */
    private static final double AVERAGED = 0.9;

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

    @Option(
            names = "--mode",
            defaultValue = "full",
            description = "full: what glip train moves; linear_probe: boxes, centerness and word projection alone;"
                    + " prompt: nothing of the model, but what its text encoder says of the class names"
                    + " (default: ${DEFAULT-VALUE})")
    private TuningMode mode = TuningMode.FULL;

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
            description = "a folder for each run, and report.json")
    private Path out = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What one run came to; {@code shots} 0 stands for all. */
    record Result(String mode, int shots, int seed, int step, double ap) {}

    /** All runs; {@code zeroShot} is the AP of the model as it was. */
    record Report(double zeroShot, List<Result> runs) {}

    @Override
    public Integer call() {
        threads.ifPresent(TorchRuntime::setThreads);
        requireSensible();
        CocoDataset validation = CocoDataset.open(validationAnnotations, validationImages, BadRecords.REFUSE);
        List<Result> results = new ArrayList<>();
        double zeroShot = zeroShot(validation);
        say("zero-shot  AP %.3f", zeroShot);
        for (int count : shots) {
            for (int seed : seeds) {
                Result result = result(count, seed, validation);
                results.add(result);
                say("%s  seed %d  AP %.3f at step %d", label(count), seed, result.ap(), result.step());
            }
        }
        write(new Report(zeroShot, results), out.resolve("report.json"));
        for (int count : shots) {
            double[] precisions = results.stream()
                    .filter(result -> result.shots() == count)
                    .mapToDouble(Result::ap)
                    .toArray();
            double mean = Arrays.stream(precisions).average().orElseThrow();
            say("%s  mean AP %.3f over %d seeds (%+.3f)", label(count), mean, precisions.length, mean - zeroShot);
        }
        return 0;
    }

    private void requireSensible() {
        if (steps < 1 || evaluateEvery < 1 || shots.stream().anyMatch(count -> count < 0)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted --steps and --evaluate-every of at least 1 and --shots of at least 0, got " + steps + ", "
                            + evaluateEvery + " and " + shots);
        }
    }

    private static String label(int count) {
        return count == ALL ? "all" : count + (count == 1 ? " shot" : " shots");
    }

    private void say(String format, Object... values) {
        spec.commandLine().getOut().println(String.format(Locale.ROOT, format, values));
    }

    private TrainableModel load() {
        try (ModelFile file =
                model.map(ModelFile::open).orElseGet(() -> ModelFile.read("the embedded nano", Glip.embedded()))) {
            return TrainableModel.from(file);
        }
    }

    private double zeroShot(CocoDataset validation) {
        try (TrainableModel untuned = load()) {
            return measure(validation, untuned.grounder()).evaluate(0).getOrDefault(AP, 0.0);
        }
    }

    private Evaluation measure(CocoDataset validation, Grounder grounder) {
        return step -> Map.of(
                AP,
                GroundedCategories.evaluate(validationAnnotations, validation, grounder::ground, () -> {})
                        .official()
                        .getOrDefault(AP, 0.0));
    }

    /** That of an earlier call, where there is one. */
    private Result result(int count, int seed, CocoDataset validation) {
        String name = String.format(
                Locale.ROOT, "%s-%s-seed-%d", mode.name().toLowerCase(Locale.ROOT), count == ALL ? "all" : count, seed);
        Path folder = out.resolve(name);
        Path file = folder.resolve("result.json");
        try {
            if (Files.exists(file)) {
                return JSON.readValue(file.toFile(), Result.class);
            }
            Files.createDirectories(folder);
        } catch (JsonProcessingException e) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, file + ": wanted the result of a run, got something else; remove it", e);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, folder + ": wanted a folder to write to, got " + e, e);
        }
        Result result = tune(count, seed, validation, folder);
        write(result, file);
        return result;
    }

    private Result tune(int count, int seed, CocoDataset validation, Path folder) {
        Path chosen = folder.resolve("few-shot.json");
        if (count != ALL) {
            FewShotFile.write(annotations, count, seed, chosen);
        }
        FileSource data = new FileSource(
                DataFormat.COCO_JSON, DataFiles.of(count == ALL ? annotations : chosen, images), 1, BadRecords.REFUSE);
        AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
        Path checkpoints = newFolder(folder);
        try (TrainableModel tuned = load()) {
            Optional<TunedPrompt.Content> words = tunedWords(tuned, validation);
            TrainConfig config = configure(tuned, seed);
            EarlyStop best = new EarlyStop(
                    measure(validation, tuned.grounder()),
                    AP,
                    patience,
                    () -> words.ifPresentOrElse(
                            content -> tuned.writePrompt(folder.resolve(PROMPT), content),
                            () -> tuned.write(folder.resolve(MODEL), config, Precision.HALF)),
                    () -> Objects.requireNonNull(stop.get()).run());
            try (Trainer trainer = new TrainingRun(List.of(data), config, checkpoints)
                    .start(tuned.network(), Optional.of(best), List.of())) {
                stop.set(trainer::requestStop);
                trainer.run();
            }
            return new Result(mode.name().toLowerCase(Locale.ROOT), count, seed, best.bestStep(), best.best());
        } finally {
            remove(checkpoints);
        }
    }

    /** With {@code --mode prompt}: which words are tuned, for which model. */
    private Optional<TunedPrompt.Content> tunedWords(TrainableModel tuned, CocoDataset validation) {
        if (mode != TuningMode.PROMPT) {
            return Optional.empty();
        }
        List<String> classes = ((ClassNames) validation.sample(0).text()).vocabulary();
        String fingerprint = FileDigest.ofModel(model);
        return Optional.of(new TunedPrompt.Content(fingerprint, classes, tuned.tuneWords(classes)));
    }

    /** A run that was interrupted begins again, as nobody remembers its best weights. */
    private static Path newFolder(Path folder) {
        try {
            return Files.createTempDirectory(folder, "checkpoints");
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, folder + ": wanted a folder to write to, got " + e, e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, folder + ": wanted to remove it, got " + e, e);
        }
    }

    private TrainConfig configure(TrainableModel tuned, int seed) {
        TrainConfig usual = TrainConfig.usual(tuned.config(), steps);
        SolverConfig solver = mode.applied(
                usual.solver()
                        .withWarmup(Math.min(usual.solver().warmupSteps(), steps / 10))
                        .withEmaDecay(AVERAGED),
                tuned.network().parameters().byName().keySet());
        TrainConfig config = usual.withSolver(rate.map(solver::withBaseRate).orElse(solver))
                .withBatch(batch, 1)
                .withSeed(seed)
                .withCheckpoints(steps, 1)
                .withEvaluation(evaluateEvery);
        return sizes.isEmpty() ? config : config.withAugment(usual.augment().withShorterSides(sizes));
    }

    private static void write(Object record, Path file) {
        try {
            JSON.writeValue(file.toFile(), record);
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, file + ": wanted a file to write to, got " + e, e);
        }
    }
}
