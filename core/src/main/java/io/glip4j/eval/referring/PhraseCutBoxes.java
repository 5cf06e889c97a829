package io.glip4j.eval.referring;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.json.JsonRecords;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * PhraseCut's box numbers for results without masks: a phrase with at least one box has a prediction.
 *
 * @param byTask the overlap of all boxes together, empty where nothing was predicted
 */
public record PhraseCutBoxes(Map<String, Optional<MaskOverlap>> byTask) {
    public PhraseCutBoxes {
        byTask = new LinkedHashMap<>(byTask);
    }

    /**
     * Compares results with the annotations; files as for {@link PhraseCutEvaluation}, without {@code pred_mask}.
     *
     * @throws io.glip4j.GlipException {@code UNREADABLE_FILE} or {@code BAD_ANNOTATIONS}
     */
    public static PhraseCutBoxes evaluate(Path annotations, Path results) {
        Map<String, JsonNode> predictions = new HashMap<>();
        JsonRecords.readList(results, json -> {
            for (JsonNode task : json.tree().path("tasks")) {
                if (!task.path("pred_boxes").isEmpty()) {
                    predictions.put(task.path("task_id").asText(), task.path("pred_boxes"));
                }
            }
        });
        Map<String, Optional<MaskOverlap>> byTask = new LinkedHashMap<>();
        JsonRecords.readList(annotations, json -> {
            for (JsonNode task : json.tree().path("tasks")) {
                String id = task.path("task_id").asText();
                byTask.put(
                        id,
                        Optional.ofNullable(predictions.get(id))
                                .map(boxes -> PhraseCutEvaluation.boxes(task.path("instance_boxes"), boxes)));
            }
        });
        return new PhraseCutBoxes(byTask);
    }

    /** The phrases with a prediction. */
    public OverlapScores predicted() {
        return new OverlapScores(
                byTask.values().stream().flatMap(Optional::stream).toList());
    }

    /** Mean IoU with phrases without a prediction as 0. */
    public double meanWithMissing() {
        OverlapScores predicted = predicted();
        return byTask.isEmpty() ? 0 : predicted.mean() * predicted.overlaps().size() / byTask.size();
    }

    /** IoU of one phrase, 0 without a prediction. */
    public double overlap(String task) {
        return byTask.getOrDefault(task, Optional.empty())
                .map(MaskOverlap::ratio)
                .orElse(0.0);
    }
}
