package io.glip4j.eval;

import io.glip4j.eval.grounding.FlickrEntities;
import io.glip4j.eval.grounding.GroundingEvaluation;
import io.glip4j.eval.grounding.GroundingProtocol;
import io.glip4j.eval.grounding.GroundingScores;
import io.glip4j.eval.grounding.SentencePrediction;
import io.glip4j.eval.referring.OverlapScores;
import io.glip4j.eval.referring.PhraseCutEvaluation;
import io.glip4j.eval.referring.PhraseCutScores;
import io.glip4j.eval.referring.ReferringEvaluation;
import io.glip4j.eval.text.PythonText;
import io.glip4j.eval.vqa.VqaEvaluation;
import io.glip4j.eval.vqa.VqaQuestion;
import io.glip4j.eval.vqa.VqaScores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@link Score} of the tasks with language: grounding, referring, questions, captions. */
final class LanguageScores {
    private static final Map<String, Integer> RECALLS = recalls();

    private LanguageScores() {}

    private static Map<String, Integer> recalls() {
        Map<String, Integer> recalls = new LinkedHashMap<>();
        recalls.put("R@1", 1);
        recalls.put("R@5", 5);
        recalls.put("R@10", 10);
        recalls.put("upper_bound", GroundingScores.ALL_BOXES);
        return recalls;
    }

    /** The folder, or its list of pictures {@code PART.txt}, which then says the part too. */
    static Map<String, Object> flickr(Path annotations, Path results, String part) {
        Path folder = annotations;
        String chosen = part;
        if (!Files.isDirectory(annotations)) {
            folder = annotations.toAbsolutePath().getParent();
            chosen = String.valueOf(annotations.getFileName()).replaceFirst("\\.txt$", "");
        }
        FlickrEntities truth = FlickrEntities.read(folder == null ? annotations : folder, chosen);
        List<SentencePrediction> predictions = SentencePrediction.read(results);
        Map<String, Object> contents = new LinkedHashMap<>();
        Map<String, Object> tables = new LinkedHashMap<>();
        Map<String, Object> details = new LinkedHashMap<>();
        int ignored = 0;
        for (GroundingProtocol protocol : GroundingProtocol.values()) {
            GroundingScores scores = GroundingEvaluation.evaluate(truth, predictions, protocol);
            contents.put("images", truth.pictures().size());
            contents.put("sentences_evaluated", scores.sentences());
            contents.put("phrases", scores.phrases().size());
            ignored = scores.ignoredPredictions();
            Map<String, Object> table = new LinkedHashMap<>();
            RECALLS.forEach((name, k) -> table.put(name, recall(scores, k)));
            tables.put(protocol.label(), table);
            details.put(protocol.label(), details(scores));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("contents", contents);
        result.put("ignored_predictions", ignored);
        result.put("results", tables);
        result.put("detail", details);
        return result;
    }

    private static Map<String, Object> recall(GroundingScores scores, int k) {
        Map<String, Object> table = new LinkedHashMap<>();
        scores.recall(k).forEach((type, recall) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("recall", recall.recall());
            row.put("positives", recall.positives());
            row.put("total", recall.total());
            table.put(type, row);
        });
        return table;
    }

    private static List<Object> details(GroundingScores scores) {
        List<Object> rows = new ArrayList<>();
        for (GroundingScores.Phrase phrase : scores.phrases()) {
            Map<String, Object> best = new LinkedHashMap<>();
            RECALLS.values()
                    .forEach(k -> best.put(
                            k == GroundingScores.ALL_BOXES ? "-1" : Integer.toString(k), phrase.bestOverlap(k)));
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("image_id", number(phrase.imageId()));
            row.put("sentence_id", phrase.sentenceId());
            row.put("phrase", phrase.phrase().phrase());
            row.put("phrase_id", phrase.phrase().id());
            row.put("best_iou_at", best);
            rows.add(row);
        }
        return rows;
    }

    /** A number where the text is one that fits, else the text. */
    private static Object number(String text) {
        return text.matches("[0-9]{1,18}") ? (Object) Long.valueOf(text) : text;
    }

    static Map<String, Object> vqa(Path annotations, Path results) {
        VqaScores scores = VqaEvaluation.evaluate(annotations, results);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("overall", scores.overall().rounded());
        result.put("overall_unrounded", scores.overall().percent());
        result.put("per_answer_type", accuracies(scores.perAnswerType()));
        result.put("per_question_type", accuracies(scores.perQuestionType()));
        List<Object> rows = new ArrayList<>();
        for (VqaQuestion question : scores.questions()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("question_id", question.id());
            row.put("normalised", question.normalized());
            row.put("compared_answer", question.answer());
            row.put("compared_ground_truth", question.truth());
            row.put("accuracy", question.accuracy());
            row.put("accuracy_percent", PythonText.round(100 * question.accuracy(), 2));
            rows.add(row);
        }
        result.put("per_question", rows);
        return result;
    }

    private static Map<String, Object> accuracies(Map<String, VqaScores.Accuracy> table) {
        Map<String, Object> rows = new LinkedHashMap<>();
        table.forEach((type, accuracy) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("questions", accuracy.questions());
            row.put("accuracy_unrounded", accuracy.percent());
            row.put("accuracy", accuracy.rounded());
            rows.put(type, row);
        });
        return rows;
    }

    static Map<String, Object> referring(Path annotations, Path results) {
        OverlapScores scores = ReferringEvaluation.evaluate(annotations, results);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("items", scores.overlaps().size());
        result.put("cumulative_iou", scores.cumulative());
        result.put("mean_iou", scores.mean());
        result.put("precision_at", scores.precisionAt());
        result.put("precision_at_strict", scores.precisionAbove());
        return result;
    }

    static Map<String, Object> phraseCut(Path annotations, Path results) {
        PhraseCutScores scores = PhraseCutEvaluation.evaluate(annotations, results);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("tasks", scores.tasks().size());
        result.put("tasks_with_prediction", scores.masks().overlaps().size());
        result.put("mean_mask_iou", scores.masks().mean());
        result.put("cum_mask_iou", scores.masks().cumulative());
        result.put("precision_mask", scores.masks().precisionAbove());
        result.put("mean_box_iou", scores.boxes().mean());
        result.put("precision_box", scores.boxes().precisionAbove());
        result.put("mean_mask_iou_missing_as_empty", scores.meanMaskWithMissing());
        result.put("mean_box_iou_missing_as_empty", scores.meanBoxWithMissing());
        return result;
    }
}
