package io.glip4j.eval.referring;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.BoxXywh;
import io.glip4j.json.JsonRecords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Box accuracy of referring expressions, as for RefCOCO: the share of expressions one of whose first k boxes has an IoU
 * of 0.5 or more with the annotated box.
 *
 * <p>Annotations are COCO JSON with one expression and one box a picture record (as MDETR prepares them). Bad input:
 * an expression without result and results of unknown expressions are errors; an empty list of boxes found nothing.
 *
 * @param overlaps for each expression, in the annotations' order, the IoU of each box, best box first
 */
public record BoxAccuracy(List<List<Double>> overlaps) {
    private static final double HIT = 0.5;
    private static final int BOX_NUMBERS = 4;

    public BoxAccuracy {
        overlaps = overlaps.stream().map(List::copyOf).toList();
    }

    /**
     * Compares results with the annotations.
     *
     * @param results a list of {@code image_id, boxes}; boxes x1, y1, x2, y2, best first
     * @throws GlipException {@code UNREADABLE_FILE} or {@code BAD_ANNOTATIONS}
     */
    public static BoxAccuracy evaluate(Path annotations, Path results) {
        Map<String, List<BoxXywh>> found = new HashMap<>();
        JsonRecords.readList(results, json -> {
            JsonNode result = json.tree();
            json.require(result.path("image_id").isValueNode(), "image_id");
            json.require(result.path("boxes").isArray(), "boxes");
            List<BoxXywh> boxes = new ArrayList<>();
            for (JsonNode box : result.path("boxes")) {
                double[] corners = numbers(box, "[x1, y1, x2, y2]");
                boxes.add(new BoxXywh(corners[0], corners[1], corners[2] - corners[0], corners[3] - corners[1]));
            }
            if (found.put(result.path("image_id").asText(), boxes) != null) {
                throw json.bad("wanted one result for each expression, got two for " + result.path("image_id"));
            }
        });
        List<List<Double>> overlaps = new ArrayList<>();
        truth(annotations).forEach((id, box) -> {
            List<BoxXywh> boxes = found.remove(id);
            if (boxes == null) {
                throw bad(results + ": wanted a result for every expression, got none for " + id);
            }
            overlaps.add(boxes.stream()
                    .map(candidate -> candidate.overlap(box, false))
                    .toList());
        });
        if (!found.isEmpty()) {
            throw bad(results + ": wanted results of annotated expressions only, got one of "
                    + found.keySet().iterator().next());
        }
        return new BoxAccuracy(overlaps);
    }

    /** The annotated box of each expression, by its id. */
    public static Map<String, BoxXywh> truth(Path annotations) {
        Map<String, BoxXywh> truth = new LinkedHashMap<>();
        JsonRecords.readLists(annotations, Map.of("annotations", json -> {
            JsonNode annotation = json.tree();
            json.require(annotation.path("image_id").isValueNode(), "image_id");
            double[] box = numbers(annotation.path("bbox"), "[x, y, width, height]");
            String id = annotation.path("image_id").asText();
            if (truth.put(id, new BoxXywh(box[0], box[1], box[2], box[3])) != null) {
                throw json.bad("wanted one box for each expression, got two for " + id);
            }
        }));
        return truth;
    }

    private static double[] numbers(JsonNode box, String layout) {
        double[] numbers = new double[BOX_NUMBERS];
        for (int i = 0; i < BOX_NUMBERS; i++) {
            if (box.size() != BOX_NUMBERS || !box.path(i).isNumber()) {
                throw bad("wanted a box of 4 numbers " + layout + ", got " + box);
            }
            numbers[i] = box.path(i).asDouble();
        }
        return numbers;
    }

    /** Share of expressions found among the first k boxes. */
    public double at(int k) {
        long hits = overlaps.stream()
                .filter(ofOne -> ofOne.stream().limit(k).anyMatch(overlap -> overlap >= HIT))
                .count();
        return overlaps.isEmpty() ? 0 : (double) hits / overlaps.size();
    }

    private static GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, message);
    }
}
