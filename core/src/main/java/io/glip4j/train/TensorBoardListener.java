package io.glip4j.train;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Draws a run's curves for TensorBoard: losses, gradient norm, rate, throughput and evaluations. */
public final class TensorBoardListener implements TrainingListener {
    private final EventFile events;

    /** The file stays the caller's to close. */
    public TensorBoardListener(EventFile events) {
        this.events = events;
    }

    @Override
    public void step(StepReport report) {
        Map<String, Double> values = new LinkedHashMap<>();
        report.losses()
                .forEach((term, value) -> values.put("loss/" + term.name().toLowerCase(Locale.ROOT), value));
        if (!report.losses().isEmpty()) {
            values.put("loss/total", report.total());
        }
        values.put("solver/gradient_norm", report.gradientNorm());
        values.put("solver/rate", report.rate());
        values.put("speed/pictures_per_second", report.pictures() / report.seconds());
        values.put("speed/share_waiting_for_data", report.waitSeconds() / report.seconds());
        events.scalars(report.stepsDone(), values);
    }

    @Override
    public void evaluated(int stepsDone, Map<String, Double> numbers) {
        Map<String, Double> values = new LinkedHashMap<>();
        numbers.forEach((name, value) -> values.put("evaluation/" + name, value));
        events.scalars(stepsDone, values);
    }
}
