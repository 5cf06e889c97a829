package io.glip4j.eval.referring;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.CocoJson;
import io.glip4j.data.SegmentationReader;
import io.glip4j.geometry.RunLengthMask;
import io.glip4j.geometry.Segmentation;
import io.glip4j.input.ImageSize;
import io.glip4j.json.JsonRecords;
import java.nio.file.Path;
import java.util.HashMap;
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
        Map<String, RunLengthMask> truth = new LinkedHashMap<>();
        JsonRecords.readList(annotations, json -> {
            JsonNode item = json.tree();
            json.require(item.path("id").isValueNode() && !item.path("id").isNull(), "id");
            json.require(item.has("gt"), "gt");
            truth.put(item.path("id").asText(), SegmentationReader.mask(item.path("gt")));
        });
        return new OverlapScores(List.copyOf(compare(truth, results).values()));
    }

    /**
     * Compares results with a COCO file in which each picture record is one expression, and has one annotation with a
     * {@code segmentation}.
     *
     * @param results a list of {@code id, pred}, the ids of the picture records
     * @return by those ids, in the order of the annotations
     * @throws GlipException {@code UNREADABLE_FILE} or {@code BAD_ANNOTATIONS}
     */
    public static Map<String, MaskOverlap> evaluateCoco(Path annotations, Path results) {
        Map<Long, ImageSize> sizes = new HashMap<>();
        Map<String, Segmentation> outlines = new LinkedHashMap<>();
        new CocoJson(annotations)
                .withOutlines()
                .images(image -> sizes.put(image.id(), new ImageSize(image.width(), image.height())))
                .annotations(annotation -> {
                    Segmentation outline = annotation
                            .outline()
                            .orElseThrow(() -> bad("wanted the field segmentation for every expression, got none"));
                    if (outlines.put(Long.toString(annotation.imageId()), outline) != null) {
                        throw bad("wanted one object for each expression, got two for image " + annotation.imageId());
                    }
                })
                .read(new BadRecordLog(BadRecords.REFUSE));
        Map<String, RunLengthMask> truth = new LinkedHashMap<>();
        outlines.forEach((id, outline) -> {
            ImageSize size = sizes.get(Long.valueOf(id));
            if (size == null) {
                throw bad(annotations + ": wanted the id of a listed image, got image_id " + id);
            }
            truth.put(id, outline.toMask(size.height(), size.width()));
        });
        return compare(truth, results);
    }

    /** The masks of a results file by id, empty where nothing was found. */
    public static Map<String, Optional<RunLengthMask>> predictions(Path results) {
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
        return predictions;
    }

    private static Map<String, MaskOverlap> compare(Map<String, RunLengthMask> truths, Path results) {
        Map<String, Optional<RunLengthMask>> predictions = predictions(results);
        Map<String, MaskOverlap> overlaps = new LinkedHashMap<>();
        truths.forEach((id, truth) -> {
            Optional<RunLengthMask> prediction = predictions.remove(id);
            if (prediction == null) {
                throw bad(results + ": wanted a result for every expression, got none for " + id);
            }
            overlaps.put(
                    id,
                    prediction
                            .map(mask -> MaskOverlap.of(truth, mask))
                            .orElseGet(() -> new MaskOverlap(0, truth.area())));
        });
        if (!predictions.isEmpty()) {
            throw bad(results + ": wanted results of the annotated expressions only, got one of "
                    + predictions.keySet().iterator().next());
        }
        return overlaps;
    }

    private static GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, message);
    }
}
