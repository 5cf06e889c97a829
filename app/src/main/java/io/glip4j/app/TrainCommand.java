package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.app.report.LearningCurves;
import io.glip4j.data.BadRecords;
import io.glip4j.data.CocoDataset;
import io.glip4j.data.OtherWords;
import io.glip4j.eval.detection.GroundedCategories;
import io.glip4j.inference.Grounder;
import io.glip4j.model.GlipConfig;
import io.glip4j.torch.TorchRuntime;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.torch.distributed.ProcessRanks;
import io.glip4j.torch.distributed.RankPlace;
import io.glip4j.torch.distributed.Ranks;
import io.glip4j.train.ComputeConfig;
import io.glip4j.train.ComputeConfig.Kept;
import io.glip4j.train.DataSource;
import io.glip4j.train.Evaluation;
import io.glip4j.train.EventFile;
import io.glip4j.train.ExtraLoss;
import io.glip4j.train.JsonLinesListener;
import io.glip4j.train.TensorBoardListener;
import io.glip4j.train.TrainConfig;
import io.glip4j.train.TrainableModel;
import io.glip4j.train.Trainer;
import io.glip4j.train.TrainingListener;
import io.glip4j.train.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip train}: trains or fine-tunes; the same command goes on where an interrupted run was. */
@Command(
        name = "train",
        description = {
            "Train or fine-tune on grounding data, detection data turned into grounding on the fly, questions and",
            "descriptions, in any mixture.",
            "The same command again goes on where an interrupted run was."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;
    private static final long SAVE_SECONDS = 120;
    private static final int LOG_EVERY = 10;
    private static final int KEPT_CHECKPOINTS = 2;
    private static final String MODEL = "model.safetensors";
    private static final String LOG = "log.jsonl";
    private static final String CURVES = "losses.png";

    @ArgGroup(exclusive = false, multiplicity = "1..*", heading = "A data set, once or several times:%n")
    private List<DataOptions> data = new ArrayList<>();

    @ArgGroup(exclusive = true, multiplicity = "0..1", heading = "Where training starts (default: --preset nano):%n")
    private StartOptions start = new StartOptions();

    @Mixin
    private TaskOptions tasks = new TaskOptions();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder of checkpoints, curves, model")
    private Path out = Path.of("");

    @Option(names = "--steps", required = true, paramLabel = "N", description = "steps of the solver")
    private int steps;

    @Option(names = "--batch", paramLabel = "N", description = "pictures of one pass")
    private Optional<Integer> batch = Optional.empty();

    @Option(names = "--accumulate", paramLabel = "N", description = "passes of one step")
    private Optional<Integer> accumulate = Optional.empty();

    @Mixin
    private SolverOptions solver = new SolverOptions();

    @Option(names = "--sizes", split = ",", paramLabel = "PIXELS", description = "shorter sides, one drawn a picture")
    private List<Integer> sizes = List.of();

    @Option(
            names = "--losses",
            split = ",",
            paramLabel = "LOSS",
            description = "beside grounding: inter_image, masked_words, masks (with coco-masks or scenes;"
                    + " coco-masks brings it along)")
    private List<ExtraLoss> losses = List.of();

    @Option(
            names = "--other-words",
            paramLabel = "FILE",
            description = "JSON of other words for class names, shown in every other prompt")
    private Optional<Path> otherWords = Optional.empty();

    @Option(names = "--numbers", paramLabel = "TYPE", description = "of large products: float32 or bfloat16")
    private ComputeConfig.Numbers numbers = ComputeConfig.Numbers.FLOAT32;

    @Option(
            names = "--recompute",
            description = "keep only what goes into the network's large parts and compute their inside again in the"
                    + " backward pass: the same gradients in less memory and more time")
    private boolean recompute;

    @Option(
            names = "--negative-captions",
            paramLabel = "N",
            description = "most captions of other pictures packed in with a caption (default: 19)")
    private Optional<Integer> negativeCaptions = Optional.empty();

    @Option(names = "--seed", defaultValue = "0", description = "of everything random (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "threads of one operator (default: one a core)")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--checkpoint-every", paramLabel = "STEPS", defaultValue = "200")
    private int checkpointEvery;

    @Option(names = "--evaluate-every", paramLabel = "STEPS", defaultValue = "0", description = "0 for never")
    private int evaluateEvery;

    @Option(names = "--evaluate-annotations", paramLabel = "FILE", description = "COCO JSON to measure box AP on")
    private Optional<Path> evaluationAnnotations = Optional.empty();

    @Option(names = "--evaluate-images", paramLabel = "DIR", description = "their pictures")
    private Optional<Path> evaluationImages = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Optional<RankPlace> place = RankPlace.from(System.getenv());
        place.ifPresent(rank -> TorchRuntime.setThreads(threadsOfRank()));
        threads.ifPresent(TorchRuntime::setThreads);
        try (Ranks ranks = place.map(ProcessRanks::join).orElse(Ranks.ALONE)) {
            return train(ranks);
        }
    }

    /** One, where nothing says otherwise: ranks that share a machine would take each other's cores. */
    private static int threadsOfRank() {
        try {
            return Math.max(1, Integer.parseInt(System.getenv().getOrDefault("OMP_NUM_THREADS", "1")));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    /** The first rank shows progress and writes log and model. */
    private int train(Ranks ranks) {
        if (ranks.rank() > 0) {
            return train(ranks, List.of());
        }
        try (TrainProgress progress =
                new TrainProgress(steps, spec.commandLine().getOut())) {
            return train(ranks, List.of(progress, new JsonLinesListener(out.resolve(LOG), LOG_EVERY)));
        }
    }

    private int train(Ranks ranks, List<TrainingListener> shown) {
        List<DataSource> sources = data.stream().map(DataOptions::source).toList();
        Path curves = out.resolve(ranks.rank() == 0 ? "events" : "events-rank-" + ranks.rank());
        Set<GlipConfig.Head> heads = tasks.heads(data);
        List<ExtraLoss> wanted = wantedLosses();
        wanted.forEach(loss -> heads.add(loss.head()));
        try (TrainableModel model = start.model(seed, heads, tasks.answers(data));
                EventFile events = EventFile.in(curves)) {
            TrainConfig config = configure(model, wanted);
            List<TrainingListener> listeners = new ArrayList<>(shown);
            listeners.add(new TensorBoardListener(events));
            try (Trainer trainer = new TrainingRun(
                            sources,
                            config,
                            otherWords
                                    .map(file -> OtherWords.read(file).unshared())
                                    .orElse(OtherWords.NONE),
                            out)
                    .start(model.network(), evaluation(model.grounder()), listeners, ranks)) {
                CountDownLatch written = new CountDownLatch(1);
                Thread stopper = stopper(trainer, written);
                Runtime.getRuntime().addShutdownHook(stopper);
                trainer.run();
                ranks.onFirst("writing the model", () -> {
                    trainer.withAverages(() -> model.write(out.resolve(MODEL), config, Precision.HALF));
                    spec.commandLine()
                            .getOut()
                            .println("wrote " + out.resolve(MODEL) + " after " + trainer.stepsDone() + " steps");
                });
                written.countDown();
                if (trainer.stepsDone() < steps) {
                    return INTERRUPTED;
                }
                Runtime.getRuntime().removeShutdownHook(stopper);
                ranks.onFirst("drawing the curves", () -> LearningCurves.write(out.resolve(LOG), out.resolve(CURVES)));
            }
        }
        return 0;
    }

    /** On Ctrl-C: lets the step under way end and be saved before the process goes. */
    private Thread stopper(Trainer trainer, CountDownLatch written) {
        return new Thread(() -> {
            trainer.requestStop();
            try {
                if (!written.await(SAVE_SECONDS, TimeUnit.SECONDS)) {
                    spec.commandLine().getErr().println("glip: stopped before the last step was saved");
                }
            } catch (InterruptedException again) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Those asked for, and masks where data is there for them. */
    private List<ExtraLoss> wantedLosses() {
        List<ExtraLoss> wanted = new ArrayList<>(losses);
        if (data.stream().anyMatch(DataOptions::isForMasks) && !wanted.contains(ExtraLoss.MASKS)) {
            wanted.add(ExtraLoss.MASKS);
        }
        if (wanted.contains(ExtraLoss.MASKS) && data.stream().noneMatch(DataOptions::outlined)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted --data coco-masks or scenes with --losses masks, got data without outlines; give some");
        }
        return wanted;
    }

    private TrainConfig configure(TrainableModel model, List<ExtraLoss> wanted) {
        TrainConfig usual = TrainConfig.usual(model.config(), steps);
        Set<String> parameters = model.network().parameters().byName().keySet();
        TrainConfig config = usual.withSolver(solver.applied(usual.solver(), parameters))
                .withBatch(batch.orElse(usual.batchSize()), accumulate.orElse(usual.accumulation()))
                .withSeed(seed)
                .withCheckpoints(checkpointEvery, KEPT_CHECKPOINTS)
                .withEvaluation(evaluateEvery)
                .withCaptions(negativeCaptions.map(usual.captions()::withMost).orElse(usual.captions()))
                .withLosses(wanted)
                .withCompute(new ComputeConfig(numbers, recompute ? Kept.BOUNDARIES : Kept.ALL));
        config = tasks.applied(config);
        return sizes.isEmpty() ? config : config.withAugment(usual.augment().withShorterSides(sizes));
    }

    private Optional<Evaluation> evaluation(Grounder grounder) {
        if (evaluateEvery == 0) {
            return Optional.empty();
        }
        Path annotations = evaluationAnnotations.orElseThrow(TrainCommand::noEvaluationData);
        CocoDataset dataset = CocoDataset.open(
                annotations, evaluationImages.orElseThrow(TrainCommand::noEvaluationData), BadRecords.REFUSE);
        return Optional.of(stepsDone -> {
            Map<String, Double> all = GroundedCategories.evaluate(annotations, dataset, grounder::ground, () -> {})
                    .official();
            Map<String, Double> shown = new LinkedHashMap<>();
            shown.put("AP", all.get("AP"));
            shown.put("AP50", all.get("AP50"));
            return shown;
        });
    }

    private static GlipException noEvaluationData() {
        return new GlipException(
                ErrorCode.BAD_ARGUMENT,
                "wanted --evaluate-annotations and --evaluate-images with --evaluate-every, got not both; name them");
    }
}
