package io.glip4j.app;

import io.glip4j.Glip;
import io.glip4j.app.report.RunReport;
import io.glip4j.eval.odinw.OdinwScores;
import io.glip4j.eval.run.EvaluatedModel;
import io.glip4j.eval.run.EvaluationRun;
import io.glip4j.eval.run.EvaluationTask;
import io.glip4j.eval.run.Shard;
import io.glip4j.output.PhraseThresholds;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip eval}: a model on a data set, from pictures to the official numbers. */
@Command(
        name = "eval",
        description = {
            "Run a model on a data set and score it by the official metric.",
            "Answers are kept in --out as they come: the same command goes on where it was interrupted.",
            "Several processes take a part each with --shard K/N and the same --out (or bring their answers-*.jsonl",
            "into one folder); the same command without --shard then puts them together and prints the numbers."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class EvalCommand implements Callable<Integer> {
    private static final int LVIS_DETECTIONS = 300;

    @Mixin
    private EvaluationOptions data = new EvaluationOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private BaselineOptions baseline = new BaselineOptions();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "answers, results file, report")
    private Path out = Path.of("");

    @Option(names = "--shard", paramLabel = "K/N", description = "only the K-th of N parts of the pictures")
    private Optional<String> shard = Optional.empty();

    @Option(names = "--json", description = "print every number as JSON (default: a table of the quoted ones)")
    private boolean json;

    @Option(names = "--no-report", description = "no HTML page and no curves")
    private boolean noReport;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Shard part = shard.map(Shard::parse).orElse(Shard.WHOLE);
        Map<String, EvaluationRun> runs = new LinkedHashMap<>();
        String identity = baseline.identity(model);
        PhraseThresholds thresholds = data.thresholds().requireModel(model.fingerprint());
        data.tasks(thresholds)
                .forEach((name, task) -> runs.put(name, new EvaluationRun(task, identity, out.resolve(name))));
        ask(runs, part);
        PrintWriter print = spec.commandLine().getOut();
        if (part.of() > 1) {
            print.println("answered shard " + part.number() + " of " + part.of() + " in " + out
                    + "; once all are, the same command without --shard prints the numbers");
            return 0;
        }
        Map<String, Object> scores = new LinkedHashMap<>();
        Map<String, Map<String, Double>> quoted = new LinkedHashMap<>();
        runs.forEach((name, run) -> {
            EvaluationTask task = run.task();
            Path results = run.writeResults();
            Map<String, Object> ofTask = task.score(results);
            scores.put(name, ofTask);
            quoted.put(name, task.quoted(ofTask));
            if (!noReport) {
                RunReport.write(out.resolve(name), task, results, ofTask);
            }
        });
        print(scores, quoted, print);
        return 0;
    }

    /** The model is loaded only if something is left to ask. */
    private void ask(Map<String, EvaluationRun> runs, Shard part) {
        long missing = runs.values().stream()
                .mapToLong(run -> run.missing(part).size())
                .sum();
        if (missing == 0) {
            return;
        }
        Optional<EvaluatedModel> withoutModel = baseline.withoutModel();
        if (withoutModel.isPresent()) {
            ask(runs, part, withoutModel.get(), missing);
            return;
        }
        try (Glip glip = data.isLvis() ? model.load(LVIS_DETECTIONS) : model.load()) {
            ask(runs, part, baseline.of(EvaluatedModel.of(glip)), missing);
        }
    }

    private static void ask(Map<String, EvaluationRun> runs, Shard part, EvaluatedModel evaluated, long missing) {
        try (ProgressBar bar = Progress.of("eval", missing)) {
            runs.values().forEach(run -> run.ask(part, evaluated, bar::step));
        }
    }

    private void print(Map<String, Object> scores, Map<String, Map<String, Double>> quoted, PrintWriter print) {
        boolean several = data.isOdinw();
        Map<String, Object> shown = new LinkedHashMap<>();
        if (several) {
            Map<String, Double> precisions = new LinkedHashMap<>();
            quoted.forEach((name, numbers) -> precisions.put(name, numbers.getOrDefault("AP", -1.0)));
            OdinwScores all = new OdinwScores(precisions);
            shown.put("average", all.average());
            shown.put("median", all.median());
            shown.put(json ? "AP" : "AP of", precisions);
        }
        if (json) {
            shown.putAll(several ? Map.of("sets", scores) : only(scores));
            ScoreOutput.json(shown, print);
        } else {
            shown.putAll(several ? Map.of() : quoted.values().iterator().next());
            ScoreOutput.table(shown, print);
            print.println("results and report are in " + out);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> only(Map<String, Object> scores) {
        return (Map<String, Object>) scores.values().iterator().next();
    }
}
