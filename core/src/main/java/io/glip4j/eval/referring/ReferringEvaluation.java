package io.glip4j.eval.referring;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.SegmentationReader;
import io.glip4j.geometry.RunLengthMask;
import io.glip4j.json.JsonRecords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Referring segmentation as in RefCOCO: one mask per expression.
 *
 * <p>Bad input: every expression needs a result; a result whose {@code pred} is null found nothing and counts as an
 * empty mask; results of unknown expressions and masks of another size are errors.
 */
public final class ReferringEvaluation {
    private ReferringEvaluation() {}

    /**
     * Compares results with the annotations.
     *
     * @param annotations a list of {@code id, gt}, masks as run lengths
     * @param results a list of {@code id, pred}; may be the same file
     * @throws GlipException {@code UNREADABLE_FILE} or {@code BAD_ANNOTATIONS}
     */
    public static OverlapScores evaluate(Path annotations, Path results) {
        Map<String, Optional<RunLengthMask>> predictions = new LinkedHashMap<>();
        JsonRecords.readList(results, json -> {
            JsonNode item = json.tree();
            json.require(item.path("id").isValueNode() && !item.path("id").isNull(), "id");
            json.require(item.has("pred"), "pred");
            JsonNode mask = item.path("pred");
            predictions.put(
                    item.path("id").asText(),
                    mask.isNull() ? Optional.empty() : Optional.of(SegmentationReader.mask(mask)));
        });
        List<MaskOverlap> overlaps = new ArrayList<>();
        JsonRecords.readList(annotations, json -> {
            JsonNode item = json.tree();
            json.require(item.path("id").isValueNode() && !item.path("id").isNull(), "id");
            json.require(item.has("gt"), "gt");
            String id = item.path("id").asText();
            Optional<RunLengthMask> prediction = predictions.remove(id);
            if (prediction == null) {
                throw json.bad("wanted a result for every expression, got none for " + id + " in " + results);
            }
            RunLengthMask truth = SegmentationReader.mask(item.path("gt"));
            overlaps.add(prediction
                    .map(mask -> MaskOverlap.of(truth, mask))
                    .orElseGet(() -> new MaskOverlap(0, truth.area())));
        });
        if (!predictions.isEmpty()) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS,
                    results + ": wanted results of the annotated expressions only, got one of "
                            + predictions.keySet().iterator().next());
        }
        return new OverlapScores(overlaps);
    }
}
