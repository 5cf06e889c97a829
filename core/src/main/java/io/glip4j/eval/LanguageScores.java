package io.glip4j.eval;

import io.glip4j.eval.referring.OverlapScores;
import io.glip4j.eval.referring.PhraseCutEvaluation;
import io.glip4j.eval.referring.PhraseCutScores;
import io.glip4j.eval.referring.ReferringEvaluation;
import io.glip4j.eval.vqa.VqaEvaluation;
import io.glip4j.eval.vqa.VqaQuestion;
import io.glip4j.eval.vqa.VqaScores;
import io.glip4j.text.PythonText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@link Score} of the tasks with language: referring and questions. */
final class LanguageScores {
    private LanguageScores() {}

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
