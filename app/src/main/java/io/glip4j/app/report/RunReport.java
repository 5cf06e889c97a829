package io.glip4j.app.report;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.eval.run.EvaluationTask;
import io.glip4j.eval.run.PictureReview;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import io.glip4j.output.Detection;
import io.glip4j.paint.DetectionPainter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page of an evaluation: its numbers, curves, and its worst and best pictures, expected beside found. */
public final class RunReport {
    private static final String TEMPLATE = "io/glip4j/app/report/run.mustache";
    private static final String CURVES = "precision-recall.png";
    private static final int SHOWN = 8;

    private RunReport() {}

    /** What the template shows. */
    private record Page(String title, boolean curves, List<Row> numbers, List<Section> sections) {}

    private record Row(String name, String value) {}

    private record Section(String title, List<Shown> pictures) {}

    private record Shown(String name, String quality, String expected, String found) {}

    /**
     * Writes {@code report.html} and what it shows into a folder.
     *
     * @param scores what the task gave for these results
     * @throws GlipException {@code CANNOT_WRITE}, or what reading a picture gives
     */
    public static void write(Path folder, EvaluationTask task, Path results, Map<String, Object> scores) {
        boolean curves = writeCurves(folder, task, scores);
        List<PictureReview> sorted = new ArrayList<>(task.review(results));
        sorted.sort(Comparator.comparingDouble(PictureReview::quality));
        int each = Math.min(SHOWN, (sorted.size() + 1) / 2);
        List<PictureReview> best = new ArrayList<>(sorted.subList(Math.max(each, sorted.size() - each), sorted.size()));
        best.sort(Comparator.comparingDouble(PictureReview::quality).reversed());
        try {
            Files.createDirectories(folder.resolve("pictures"));
            Page page = new Page(
                    task.description(),
                    curves,
                    task.quoted(scores).entrySet().stream()
                            .map(entry -> new Row(entry.getKey(), number(entry.getValue())))
                            .toList(),
                    List.of(
                            new Section("Worst pictures", draw(folder, sorted.subList(0, each))),
                            new Section("Best pictures", draw(folder, best))));
            Mustache template = new DefaultMustacheFactory().compile(TEMPLATE);
            try (Writer writer = Files.newBufferedWriter(folder.resolve("report.html"), StandardCharsets.UTF_8)) {
                template.execute(writer, page);
            }
        } catch (IOException e) {
            throw new GlipException(ErrorCode.CANNOT_WRITE, folder + ": wanted a folder for the report, got " + e, e);
        }
    }

    private static boolean writeCurves(Path folder, EvaluationTask task, Map<String, Object> scores) {
        Map<String, List<Double>> curves = new LinkedHashMap<>();
        if (scores.get("mean_precision_curve") instanceof Map<?, ?> byThreshold) {
            byThreshold.forEach((name, values) -> {
                if (values instanceof List<?> list && list.stream().allMatch(value -> value instanceof Double)) {
                    curves.put(
                            "IoU 0." + String.valueOf(name).replace("iou", ""),
                            list.stream().map(Double.class::cast).toList());
                }
            });
        }
        if (curves.isEmpty()) {
            return false;
        }
        PrecisionRecallChart.write(
                "Mean over categories, " + task.pictures().size() + " pictures", curves, folder.resolve(CURVES));
        return true;
    }

    private static List<Shown> draw(Path folder, List<PictureReview> reviews) {
        List<Shown> shown = new ArrayList<>();
        for (PictureReview review : reviews) {
            Picture picture = PictureReader.AS_STORED.read(review.picture().file());
            String name = review.picture().id().replaceAll("[^A-Za-z0-9_-]", "_");
            shown.add(new Shown(
                    review.picture().id() + ", " + review.picture().file().getFileName(),
                    number(review.quality()),
                    save(folder, picture, review.expected(), name + "-expected.png"),
                    save(folder, picture, review.found(), name + "-found.png")));
        }
        return shown;
    }

    private static String save(Path folder, Picture picture, List<Detection> detections, String name) {
        new DetectionPainter()
                .save(picture, detections, folder.resolve("pictures").resolve(name));
        return "pictures/" + name;
    }

    /** The official tools give -1 where a data set has nothing to measure, which must not read as a score. */
    private static String number(double value) {
        return value < 0 ? "nothing to measure" : String.format(Locale.ROOT, "%.4f", value);
    }
}
