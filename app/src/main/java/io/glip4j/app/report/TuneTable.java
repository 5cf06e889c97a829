package io.glip4j.app.report;

import io.glip4j.train.TuningMode;
import io.glip4j.train.tune.TuneReport;
import io.glip4j.train.tune.TuneReport.Spread;
import io.glip4j.train.tune.TuneRun;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** Few-shot tuning as Markdown: means over the seeds with the least and the largest. */
public final class TuneTable {
    private TuneTable() {}

    /** A number of shots as people say it. */
    public static String label(int shots) {
        return shots == TuneRun.ALL ? "all" : shots + (shots == 1 ? " shot" : " shots");
    }

    /** A table of what was gained, and one of what is left on each other set. */
    public static String markdown(TuneReport report) {
        StringBuilder text = new StringBuilder();
        text.append(format("%s, box AP; untuned %.3f%n%n", report.validation(), report.zeroShot()));
        rows(
                text,
                report,
                (mode, shots) ->
                        report.precision(mode, shots).map(TuneTable::spread).orElse(""));
        for (Map.Entry<String, Double> other : report.zeroShotElsewhere().entrySet()) {
            double before = other.getValue();
            text.append(format("%n%s after tuning, box AP; untuned %.3f%n%n", other.getKey(), before));
            rows(
                    text,
                    report,
                    (mode, shots) -> report.elsewhere(other.getKey(), mode, shots)
                            .map(after -> mode == TuningMode.PROMPT
                                    ? format("%.3f, as it was", before)
                                    : format("%.3f (%+.3f)", after.mean(), after.mean() - before))
                            .orElse(""));
            List<String> shared = report.sharedNames().getOrDefault(other.getKey(), List.of());
            if (!shared.isEmpty() && report.modes().contains(TuningMode.PROMPT)) {
                text.append(format(
                        "%nWith the prompt, %s would be asked for as tuned; without it, as measured here.%n",
                        String.join(", ", shared)));
            }
        }
        return text.toString();
    }

    private static void rows(StringBuilder text, TuneReport report, BiFunction<TuningMode, Integer, String> cell) {
        text.append("| pictures of each class |");
        report.modes().forEach(mode -> text.append(format(" %s |", mode.label().replace('_', ' '))));
        text.append(format("%n|---|%s%n", "---|".repeat(report.modes().size())));
        for (int shots : report.shots()) {
            text.append(format("| %s |", shots == TuneRun.ALL ? "all" : Integer.toString(shots)));
            report.modes().forEach(mode -> text.append(format(" %s |", cell.apply(mode, shots))));
            text.append(format("%n"));
        }
    }

    private static String spread(Spread spread) {
        return spread.seeds() == 1
                ? format("%.3f (one seed)", spread.mean())
                : format("%.3f (%.3f to %.3f)", spread.mean(), spread.least(), spread.largest());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
