package io.glip4j.app;

import io.glip4j.train.StepReport;
import io.glip4j.train.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;

/** Shows a training run: progress bar with losses and time left, and a line for each evaluation. */
final class TrainProgress implements TrainingListener, AutoCloseable {
    private static final double SMOOTHING = 0.95;

    private final ProgressBar bar;
    private final PrintWriter out;
    private double smoothed = Double.NaN;
    private double seconds;
    private double waitSeconds;

    TrainProgress(int steps, PrintWriter out) {
        this.bar = Progress.of("train", steps);
        this.out = out;
    }

    @Override
    public void started(int stepsDone, int steps) {
        bar.stepTo(stepsDone);
    }

    @Override
    public void step(StepReport report) {
        if (report.moved()) {
            smoothed =
                    Double.isNaN(smoothed) ? report.total() : SMOOTHING * smoothed + (1 - SMOOTHING) * report.total();
        }
        seconds += report.seconds();
        waitSeconds += report.waitSeconds();
        bar.stepTo(report.stepsDone());
        bar.setExtraMessage(String.format(
                Locale.ROOT,
                "loss %.3f  rate %.1e  %.1f s a step  data %.0f %%",
                smoothed,
                report.rate(),
                report.seconds(),
                100 * report.waitSeconds() / report.seconds()));
    }

    @Override
    public void evaluated(int stepsDone, Map<String, Double> numbers) {
        StringBuilder line = new StringBuilder("step " + stepsDone + ":");
        numbers.forEach((name, value) -> line.append(String.format(Locale.ROOT, "  %s %.4f", name, value)));
        out.println(line);
        out.flush();
    }

    @Override
    public void close() {
        bar.close();
        if (seconds > 0) {
            out.printf(
                    Locale.ROOT,
                    "waited for data %.0f s of %.0f s, %.1f %%%n",
                    waitSeconds,
                    seconds,
                    100 * waitSeconds / seconds);
            out.flush();
        }
    }
}
