package io.glip4j.eval.detection;

import io.glip4j.eval.detection.DetectionScores.Classes;
import io.glip4j.eval.detection.DetectionScores.Thresholds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The numbers that papers quote, read off the scores of a COCO evaluation. */
public final class CocoSummary {
    private static final int OFFICIAL_LIMIT = 100;
    private static final double NOTHING = -1;

    private final DetectionScores scores;
    private final int last;

    public CocoSummary(DetectionScores scores) {
        this.scores = scores;
        this.last = scores.limits().size() - 1;
    }

    /**
     * The 12 numbers of the official summary: AP, AP50, AP75, APs, APm, APl, AR1, AR10, AR100, ARs, ARm, ARl. AP is
     * always that of 100 detections, -1 if 100 is not among the limits; AR1, AR10 and AR100 stand for the first, second
     * and third limit.
     */
    public Map<String, Double> official() {
        int official = scores.limits().indexOf(OFFICIAL_LIMIT);
        return numbers(official < 0 ? NOTHING : precision(Thresholds.EVERY, AreaRange.ALL, official));
    }

    /** The same numbers with AP at the last limit. */
    public Map<String, Double> atLastLimit() {
        return numbers(precision(Thresholds.EVERY, AreaRange.ALL, last));
    }

    private Map<String, Double> numbers(double averagePrecision) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("AP", averagePrecision);
        numbers.put("AP50", precision(Thresholds.AT_50, AreaRange.ALL, last));
        numbers.put("AP75", precision(Thresholds.AT_75, AreaRange.ALL, last));
        numbers.put("APs", precision(Thresholds.EVERY, AreaRange.SMALL, last));
        numbers.put("APm", precision(Thresholds.EVERY, AreaRange.MEDIUM, last));
        numbers.put("APl", precision(Thresholds.EVERY, AreaRange.LARGE, last));
        List<String> recalls = List.of("AR1", "AR10", "AR100");
        for (int i = 0; i < recalls.size(); i++) {
            numbers.put(recalls.get(i), i > last ? NOTHING : recall(AreaRange.ALL, i));
        }
        numbers.put("ARs", recall(AreaRange.SMALL, last));
        numbers.put("ARm", recall(AreaRange.MEDIUM, last));
        numbers.put("ARl", recall(AreaRange.LARGE, last));
        return numbers;
    }

    private double precision(Thresholds thresholds, AreaRange area, int limit) {
        return scores.averagePrecision(thresholds, scores.everyClass(), area, limit);
    }

    private double recall(AreaRange area, int limit) {
        return scores.averageRecall(Thresholds.EVERY, scores.everyClass(), area, limit);
    }

    /** For each IoU threshold: {@code iou}, then AP_all, AR_all, AP_small, ... at the last limit. */
    public Map<String, List<Double>> byIou() {
        Map<String, List<Double>> table = new LinkedHashMap<>();
        List<Double> rounded = DetectionScores.thresholds().stream()
                .map(threshold -> Math.rint(threshold * 100) / 100)
                .toList();
        table.put("iou", rounded);
        for (AreaRange area : AreaRange.values()) {
            List<Double> precisions = new ArrayList<>();
            List<Double> recalls = new ArrayList<>();
            for (int t = 0; t < rounded.size(); t++) {
                precisions.add(precision(Thresholds.at(t), area, last));
                recalls.add(scores.averageRecall(Thresholds.at(t), scores.everyClass(), area, last));
            }
            table.put("AP_" + area.label(), precisions);
            table.put("AR_" + area.label(), recalls);
        }
        return table;
    }

    /** Mean precision at the 101 recalls for IoU 0.5 ({@code iou50}) and 0.75 ({@code iou75}). */
    public Map<String, List<Double>> meanPrecisionCurves() {
        Map<String, List<Double>> curves = new LinkedHashMap<>();
        for (Thresholds at : List.of(Thresholds.AT_50, Thresholds.AT_75)) {
            double threshold = DetectionScores.THRESHOLDS[at.first()];
            String name = String.format(Locale.ROOT, "iou%.0f", threshold * 100);
            curves.put(name, list(scores.meanPrecisionCurve(at.first(), AreaRange.ALL, last)));
        }
        return curves;
    }

    /** For each category id: AP, AP50, AP75, APs, APm, APl and AR at the last limit. */
    public Map<String, Map<String, Double>> perCategory() {
        Map<String, Map<String, Double>> table = new LinkedHashMap<>();
        for (int k = 0; k < scores.classes().size(); k++) {
            Classes one = Classes.of(k);
            Map<String, Double> row = new LinkedHashMap<>();
            row.put("AP", scores.averagePrecision(Thresholds.EVERY, one, AreaRange.ALL, last));
            row.put("AP50", scores.averagePrecision(Thresholds.AT_50, one, AreaRange.ALL, last));
            row.put("AP75", scores.averagePrecision(Thresholds.AT_75, one, AreaRange.ALL, last));
            row.put("APs", scores.averagePrecision(Thresholds.EVERY, one, AreaRange.SMALL, last));
            row.put("APm", scores.averagePrecision(Thresholds.EVERY, one, AreaRange.MEDIUM, last));
            row.put("APl", scores.averagePrecision(Thresholds.EVERY, one, AreaRange.LARGE, last));
            row.put("AR", scores.averageRecall(Thresholds.EVERY, one, AreaRange.ALL, last));
            table.put(Long.toString(scores.classes().get(k)), row);
        }
        return table;
    }

    /** [10 IoU thresholds][101 recalls] of one category, all areas, at the last limit. */
    public List<List<Double>> precision(long category) {
        int position = scores.classes().indexOf(category);
        List<List<Double>> rows = new ArrayList<>();
        for (int t = 0; t < DetectionScores.THRESHOLDS.length; t++) {
            rows.add(list(scores.precisionCurve(t, position, AreaRange.ALL, last)));
        }
        return rows;
    }

    /** [10 IoU thresholds][all, small, medium, large] of one category at the last limit. */
    public List<List<Double>> recall(long category) {
        int position = scores.classes().indexOf(category);
        List<List<Double>> rows = new ArrayList<>();
        for (int t = 0; t < DetectionScores.THRESHOLDS.length; t++) {
            List<Double> row = new ArrayList<>();
            for (AreaRange area : AreaRange.values()) {
                row.add(scores.recall(t, position, area, last));
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
