package io.glip4j.eval;

import io.glip4j.eval.detection.CocoEvaluation;
import io.glip4j.eval.detection.CocoParameters;
import io.glip4j.eval.detection.CocoSummary;
import io.glip4j.eval.detection.DetectionContents;
import io.glip4j.eval.detection.LvisEvaluation;
import io.glip4j.eval.detection.LvisScores;
import io.glip4j.eval.detection.OverlapKind;
import io.glip4j.eval.detection.ResultReader;
import io.glip4j.eval.detection.ScoredObject;
import io.glip4j.eval.detection.Truth;
import io.glip4j.eval.detection.TruthObject;
import io.glip4j.eval.detection.TruthReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores a results file against annotations: the one call behind {@code glip score}. Results are maps, lists, numbers
 * and strings in a stated order, ready to be written as JSON.
 */
public final class Score {
    private static final int DETAILED_CATEGORIES = 3;

    private Score() {}

    /**
     * Scores.
     *
     * @param annotations the annotation file, or a folder that has it under its usual name
     * @param results the results file, or a folder that has it
     * @throws io.glip4j.GlipException {@code UNREADABLE_FILE}, {@code BAD_ANNOTATIONS} or {@code BAD_ARGUMENT}
     */
    public static Map<String, Object> run(Metric metric, Path annotations, Path results, ScoreOptions options) {
        Path truth = Files.isDirectory(annotations) ? annotations.resolve(metric.annotationsFile()) : annotations;
        Path found = Files.isDirectory(results) ? results.resolve(metric.resultsFile()) : results;
        return switch (metric) {
            case COCO_BBOX -> coco(truth, found, OverlapKind.BOX, options);
            case COCO_SEGM -> coco(truth, found, OverlapKind.MASK, options);
            case LVIS -> lvis(truth, found, OverlapKind.BOX, options);
            case LVIS_SEGM -> lvis(truth, found, OverlapKind.MASK, options);
            case FLICKR -> FlickrScores.run(truth, found, options.part());
            case CAPTION -> CaptionScores.run(truth, found, options);
            case VQA -> LanguageScores.vqa(truth, found);
            case REFSEG -> LanguageScores.referring(truth, found);
            case PHRASECUT -> LanguageScores.phraseCut(truth, found);
        };
    }

    /**
     * The same as a document in which several evaluations of one pair of files can stand side by side: its fields, and
     * once more under {@code cases} and the evaluation's name (COCO, LVIS) or {@code expected} (referring), which is how
     * recorded numbers are kept.
     */
    public static Map<String, Object> document(Metric metric, Path annotations, Path results, ScoreOptions options) {
        Map<String, Object> scores = run(metric, annotations, results, options);
        Map<String, Object> document = new LinkedHashMap<>(scores);
        switch (metric) {
            case COCO_BBOX, COCO_SEGM, LVIS, LVIS_SEGM ->
                document.put("cases", Map.of(options.caseName(metric), scores));
            case REFSEG, PHRASECUT -> document.put("expected", scores);
            default -> {}
        }
        return document;
    }

    private static Map<String, Object> coco(Path annotations, Path results, OverlapKind kind, ScoreOptions options) {
        Truth truth = TruthReader.read(annotations, kind);
        List<ScoredObject> detections = ResultReader.read(results, kind, options.boxField());
        CocoParameters parameters = new CocoParameters(
                kind, options.maxDetections(), options.useCategories(), options.images(), options.categories());
        CocoSummary summary = new CocoSummary(CocoEvaluation.evaluate(truth, detections, parameters));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("contents", new DetectionContents(truth, detections).coco());
        result.put("params", parameters(parameters));
        result.put("stats_official", summary.official());
        result.put("stats_last_maxdet", summary.atLastLimit());
        result.put("by_iou", summary.byIou());
        result.put("mean_precision_curve", summary.meanPrecisionCurves());
        Map<String, Map<String, Double>> perCategory = summary.perCategory();
        result.put("per_category", perCategory);
        Map<String, Object> precision = new LinkedHashMap<>();
        Map<String, Object> recall = new LinkedHashMap<>();
        for (long category : commonest(truth)) {
            if (perCategory.containsKey(Long.toString(category))) {
                precision.put(Long.toString(category), summary.precision(category));
                recall.put(Long.toString(category), summary.recall(category));
            }
        }
        result.put("precision_raw", precision);
        result.put("recall_raw", recall);
        return result;
    }

    private static Map<String, Object> parameters(CocoParameters parameters) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("iouType", parameters.kind() == OverlapKind.BOX ? "bbox" : "segm");
        shown.put("maxDets", parameters.maxDetections());
        shown.put("useCats", parameters.useCategories() ? 1 : 0);
        shown.put(
                "imgIds",
                parameters
                        .images()
                        .<Object>map(ids -> ids.stream().sorted().toList())
                        .orElse("all"));
        shown.put(
                "catIds",
                parameters
                        .categories()
                        .<Object>map(ids -> ids.stream().sorted().toList())
                        .orElse("all"));
        return shown;
    }

    /** Ids of the categories with most objects, of as many the first to occur, in ascending order. */
    private static List<Long> commonest(Truth truth) {
        Map<Long, Integer> counts = new LinkedHashMap<>();
        for (TruthObject object : truth.objects()) {
            counts.merge(object.categoryId(), 1, Integer::sum);
        }
        List<Map.Entry<Long, Integer>> rows = new ArrayList<>(counts.entrySet());
        rows.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
        return rows.stream()
                .limit(DETAILED_CATEGORIES)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static Map<String, Object> lvis(Path annotations, Path results, OverlapKind kind, ScoreOptions options) {
        Truth truth = TruthReader.read(annotations, kind);
        List<ScoredObject> detections = ResultReader.read(results, kind, options.boxField());
        LvisScores scores = LvisEvaluation.evaluate(truth, detections, kind, options.lvis());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("contents", new DetectionContents(truth, detections).lvis());
        result.put("results", scores.results());
        result.put("per_category_AP", scores.perCategory());
        result.put("categories_counted", scores.categoriesCounted());
        result.put("detections_judged", scores.detectionsJudged());
        result.put("detections_after_limit", scores.detectionsAfterLimit());
        return result;
    }
}
