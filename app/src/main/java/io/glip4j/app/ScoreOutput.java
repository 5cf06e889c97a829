package io.glip4j.app;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Scores, all as JSON or the quoted ones as a table. */
final class ScoreOutput {
    private static final ObjectWriter JSON =
            new ObjectMapper().writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    /** What stands in the JSON for comparing in detail, or a second time. */
    private static final Set<String> DETAIL = Set.of(
            "cases",
            "expected",
            "params",
            "per_image",
            "tokens",
            "detail",
            "parsed",
            "per_question",
            "by_iou",
            "per_category",
            "mean_precision_curve",
            "precision_raw",
            "recall_raw",
            "per_category_AP",
            "stats_last_maxdet");

    private ScoreOutput() {}

    static void json(Object document, PrintWriter out) {
        try {
            out.println(JSON.writeValueAsString(document));
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("scores are plain maps, lists and numbers", failure);
        }
    }

    /** One row a number; what is nested is named by its path. */
    static void table(Map<String, ?> document, PrintWriter out) {
        Map<String, String> rows = new LinkedHashMap<>();
        document.forEach((name, value) -> {
            if (!DETAIL.contains(name)) {
                flatten(name, value, rows);
            }
        });
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        rows.forEach((name, value) -> out.printf("  %-" + width + "s  %s%n", name, value));
    }

    private static void flatten(String path, Object value, Map<String, String> rows) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> flatten(path + "  " + name, inner, rows));
        } else if (value instanceof Double number) {
            rows.put(path, String.format(Locale.ROOT, "%.4f", number));
        } else if (!(value instanceof Collection)) {
            rows.put(path, String.valueOf(value));
        }
    }
}
