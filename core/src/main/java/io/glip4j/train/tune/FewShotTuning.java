package io.glip4j.train.tune;

import io.glip4j.data.BadRecords;
import io.glip4j.data.format.DataFiles;
import io.glip4j.data.format.DataFormat;
import io.glip4j.eval.odinw.FewShotFile;
import io.glip4j.input.Prompt;
import io.glip4j.model.file.ModelFile;
import io.glip4j.model.file.TunedPrompt;
import io.glip4j.output.Grounding;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.train.EarlyStop;
import io.glip4j.train.FileSource;
import io.glip4j.train.TrainConfig;
import io.glip4j.train.TrainableModel;
import io.glip4j.train.Trainer;
import io.glip4j.train.TrainingRun;
import io.glip4j.train.TuningMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * ODinW's few-shot protocol: a model is tuned afresh with each number of pictures and seed, each run stopped when its
 * validation AP no longer rises, and its best weights kept. What is done stays done: the same protocol in the same folder
 * does the missing runs only.
 */
public final class FewShotTuning {
    private static final String AP = "AP";
    private static final String MODEL = "model.safetensors";
    private static final String IMAGE_ENCODER = "backbone.body.";
    private static final String PROMPT = "prompt.safetensors";

    private final Start start;
    private final Data data;
    private final TuneSettings settings;
    private final TuneFolder folder;

    /**
     * The model that is tuned.
     *
     * @param fingerprint what tells its file from any other
     * @param model loads it afresh; closed by the protocol
     */
    public record Start(String fingerprint, Supplier<TrainableModel> model) {}

    /**
     * What it is tuned with and measured on.
     *
     * @param annotations COCO JSON to choose pictures from
     * @param images their folder
     * @param others sets of other things, on which the tuned models are measured once
     */
    public record Data(Path annotations, Path images, MeasuredSet validation, List<MeasuredSet> others) {
        public Data {
            others = List.copyOf(others);
        }
    }

    /** In a folder that is made, or has runs of the same model, data and settings: others are refused. */
    public FewShotTuning(Start start, Data data, TuneSettings settings, Path folder) {
        this.start = start;
        this.data = data;
        this.settings = settings;
        this.folder = new TuneFolder(folder);
    }

    /**
     * Does the runs that are missing.
     *
     * @param progress is told what there is, after the zero-shot measurement and after each run
     */
    public TuneReport run(List<TuneRun> runs, Consumer<TuneReport> progress) {
        folder.requireSame(described());
        try (KeptPictures kept = new KeptPictures()) {
            TuneFolder.ZeroShot zeroShot = folder.zeroShot().orElseGet(() -> zeroShot(kept));
            List<TuneResult> results = new ArrayList<>();
            TuneReport report = report(zeroShot, results);
            progress.accept(report);
            for (TuneRun run : runs) {
                results.add(folder.result(run).orElseGet(() -> tune(run, kept)));
                report = report(zeroShot, results);
                progress.accept(report);
            }
            return report;
        }
    }

    private Map<String, String> described() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("model", start.fingerprint());
        all.put("annotations", String.valueOf(data.annotations().getFileName()));
        all.put("validation", data.validation().described());
        data.others().forEach(set -> all.put("other set " + set.name(), set.described()));
        all.putAll(settings.described());
        return all;
    }

    private TuneReport report(TuneFolder.ZeroShot zeroShot, List<TuneResult> results) {
        Map<String, List<String>> shared = new LinkedHashMap<>();
        Set<String> tuned = new HashSet<>(data.validation().classes());
        for (MeasuredSet set : data.others()) {
            List<String> names = set.classes().stream().filter(tuned::contains).toList();
            if (!names.isEmpty()) {
                shared.put(set.name(), names);
            }
        }
        return new TuneReport(data.validation().name(), zeroShot.ap(), zeroShot.others(), shared, results);
    }

    private TuneFolder.ZeroShot zeroShot(KeptPictures kept) {
        try (TrainableModel untuned = start.model().get()) {
            BiFunction<Path, Prompt, Grounding> asked = kept.asked(untuned.grounder(), true);
            TuneFolder.ZeroShot numbers =
                    new TuneFolder.ZeroShot(data.validation().averagePrecision(asked), others(asked));
            folder.write(numbers);
            return numbers;
        }
    }

    private Map<String, Double> others(BiFunction<Path, Prompt, Grounding> asked) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        data.others().forEach(set -> numbers.put(set.name(), set.averagePrecision(asked)));
        return numbers;
    }

    private TuneResult tune(TuneRun run, KeptPictures kept) {
        Path checkpoints = folder.newCheckpoints(run);
        try {
            EarlyStop best = train(run, checkpoints, kept);
            TuneResult result = TuneResult.of(run, best.bestStep(), best.best(), othersAfter(run, kept));
            folder.write(run, result);
            return result;
        } finally {
            TuneFolder.remove(checkpoints);
        }
    }

    private EarlyStop train(TuneRun run, Path checkpoints, KeptPictures kept) {
        FileSource pictures =
                new FileSource(DataFormat.COCO_JSON, DataFiles.of(chosen(run), data.images()), 1, BadRecords.REFUSE);
        AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
        try (TrainableModel tuned = start.model().get()) {
            Optional<TunedPrompt.Content> words = tunedWords(run, tuned);
            TrainConfig config = settings.training(tuned.network(), run);
            BiFunction<Path, Prompt, Grounding> asked = kept.asked(tuned.grounder(), encoderStays(tuned, config));
            EarlyStop best = new EarlyStop(
                    step -> Map.of(AP, data.validation().averagePrecision(asked)),
                    AP,
                    settings.patience(),
                    () -> words.ifPresentOrElse(
                            content -> tuned.writePrompt(folder.of(run).resolve(PROMPT), content),
                            () -> tuned.write(folder.of(run).resolve(MODEL), config, Precision.HALF)),
                    () -> Objects.requireNonNull(stop.get()).run());
            try (Trainer trainer = new TrainingRun(List.of(pictures), config, checkpoints)
                    .start(tuned.network(), Optional.of(best), List.of())) {
                stop.set(trainer::requestStop);
                trainer.run();
            }
            return best;
        }
    }

    private static boolean encoderStays(TrainableModel model, TrainConfig config) {
        return model.network().parameters().byName().keySet().stream()
                .filter(name -> name.startsWith(IMAGE_ENCODER))
                .noneMatch(config.solver()::trains);
    }

    private Path chosen(TuneRun run) {
        if (run.shots() == TuneRun.ALL) {
            return data.annotations();
        }
        Path file = folder.of(run).resolve("few-shot.json");
        FewShotFile.write(data.annotations(), run.shots(), run.seed(), file);
        return file;
    }

    /** Where the prompt is tuned: which words, for which model. */
    private Optional<TunedPrompt.Content> tunedWords(TuneRun run, TrainableModel tuned) {
        if (run.mode() != TuningMode.PROMPT) {
            return Optional.empty();
        }
        List<String> classes = data.validation().classes();
        return Optional.of(new TunedPrompt.Content(start.fingerprint(), classes, tuned.tuneWords(classes)));
    }

    /** Of the best weights, as they are in the file; not where the model is still the one that was measured before. */
    private Map<String, Double> othersAfter(TuneRun run, KeptPictures kept) {
        if (run.mode() == TuningMode.PROMPT || data.others().isEmpty()) {
            return Map.of();
        }
        try (ModelFile file = ModelFile.open(folder.of(run).resolve(MODEL));
                TrainableModel tuned = TrainableModel.from(file)) {
            boolean stays = encoderStays(tuned, settings.training(tuned.network(), run));
            return others(kept.asked(tuned.grounder(), stays));
        }
    }
}
