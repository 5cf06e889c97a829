package io.glip4j.app;

import io.glip4j.Glip;
import io.glip4j.eval.absent.ThresholdFile;
import io.glip4j.eval.run.AbsentTask;
import io.glip4j.eval.run.EvaluatedModel;
import io.glip4j.eval.run.EvaluationRun;
import io.glip4j.eval.run.Shard;
import io.glip4j.output.PhraseThresholds;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip calibrate}: from pictures with annotations to a threshold for each phrase. */
@Command(
        name = "calibrate",
        description = {
            "Find the score from which a phrase's thing is there, for each phrase, so that absent things give nothing.",
            "The same command goes on where it was interrupted."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CalibrateCommand implements Callable<Integer> {
    private static final String THRESHOLDS = "thresholds.json";

    @Option(
            names = "--annotations",
            required = true,
            paramLabel = "FILE",
            description = "COCO JSON, every object in it")
    private Path annotations = Path.of("");

    @Option(names = "--images", paramLabel = "DIR", description = "its pictures (default: the folder of the file)")
    private Optional<Path> images = Optional.empty();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder of answers and " + THRESHOLDS)
    private Path out = Path.of("");

    @Option(
            names = "--false-alarms",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description = "share of absent names that may give a box (default: ${DEFAULT-VALUE})")
    private double share;

    @Mixin
    private AbsentOptions absent = new AbsentOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Path folder = images.orElseGet(() -> EvaluationOptions.beside(annotations));
        AbsentTask task = absent.task(annotations, folder, PhraseThresholds.even(0));
        EvaluationRun run = new EvaluationRun(task, model.identity(), out);
        int missing = run.missing(Shard.WHOLE).size();
        if (missing > 0) {
            try (Glip glip = model.load();
                    ProgressBar bar = Progress.of("calibrate", missing)) {
                run.ask(Shard.WHOLE, EvaluatedModel.of(glip), bar::step);
            }
        }
        PhraseThresholds fitted =
                PhraseThresholds.fitted(model.fingerprint(), share, task.highestOfAbsent(run.writeResults()));
        Path file = out.resolve(THRESHOLDS);
        ThresholdFile.write(fitted, file);
        spec.commandLine()
                .getOut()
                .println(String.format(
                        Locale.ROOT,
                        "wrote %s: %d phrases with a threshold of their own, %.3f for others",
                        file,
                        fitted.byPhrase().size(),
                        fitted.others()));
        return 0;
    }
}
