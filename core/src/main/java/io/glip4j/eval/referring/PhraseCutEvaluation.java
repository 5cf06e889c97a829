package io.glip4j.eval.referring;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.SegmentationReader;
import io.glip4j.geometry.RunLengthMask;
import io.glip4j.json.JsonRecords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PhraseCut: one mask and any number of boxes per phrase. Annotated polygons are drawn as its evaluator draws them;
 * boxes are compared as the pixels they cover together, without their last row and column.
 *
 * <p>A phrase without {@code pred_mask} has no prediction: it is left out of the means and counts as 0 in those that
 * say so. Predictions of unknown phrases are ignored, as in the official tool; masks of another size are errors.
 */
public final class PhraseCutEvaluation {
    private static final int BOX_NUMBERS = 4;
    private static final double MOST_PIXELS = 1 << 27;

    private PhraseCutEvaluation() {}

    /**
     * Compares results with the annotations.
     *
     * @param annotations a list of pictures {@code width, height, tasks}; each task has {@code task_id, Polygons,
     *     instance_boxes}
     * @param results a list of the same layout whose tasks have {@code task_id, pred_mask, pred_boxes}; may be the same
     *     file
     * @throws GlipException {@code UNREADABLE_FILE} or {@code BAD_ANNOTATIONS}
     */
    public static PhraseCutScores evaluate(Path annotations, Path results) {
        Map<String, JsonNode> predictions = new HashMap<>();
        JsonRecords.readList(results, json -> {
            for (JsonNode task : json.tree().path("tasks")) {
                if (task.hasNonNull("pred_mask")) {
                    predictions.put(task.path("task_id").asText(), task);
                }
            }
        });
        List<PhraseCutScores.Task> tasks = new ArrayList<>();
        JsonRecords.readList(annotations, json -> {
            JsonNode image = json.tree();
            int height = image.path("height").asInt();
            int width = image.path("width").asInt();
            json.require(height > 0 && width > 0, "height and width");
            for (JsonNode task : image.path("tasks")) {
                json.require(task.path("Polygons").isArray(), "Polygons");
                String id = task.path("task_id").asText();
                JsonNode found = predictions.remove(id);
                tasks.add(
                        found == null
                                ? new PhraseCutScores.Task(id, Optional.empty())
                                : new PhraseCutScores.Task(id, Optional.of(compare(height, width, task, found))));
            }
        });
        return new PhraseCutScores(tasks);
    }

    private static PhraseCutScores.Match compare(int height, int width, JsonNode task, JsonNode found) {
        RunLengthMask truth = draw(height, width, task.path("Polygons"));
        RunLengthMask mask = SegmentationReader.mask(found.path("pred_mask"));
        return new PhraseCutScores.Match(
                MaskOverlap.of(truth, mask), boxes(task.path("instance_boxes"), found.path("pred_boxes")));
    }

    /** All parts of all instances, points cut to whole numbers. */
    static RunLengthMask draw(int height, int width, JsonNode instances) {
        PolygonFill fill = new PolygonFill(height, width);
        for (JsonNode instance : instances) {
            for (JsonNode polygon : instance) {
                if (polygon.size() < 2) {
                    continue;
                }
                int[] x = new int[polygon.size()];
                int[] y = new int[polygon.size()];
                for (int i = 0; i < x.length; i++) {
                    x[i] = (int) polygon.path(i).path(0).asDouble();
                    y[i] = (int) polygon.path(i).path(1).asDouble();
                }
                fill.add(x, y);
            }
        }
        return fill.mask();
    }

    /** Compares two sets of boxes x, y, width, height on a canvas that reaches as far as they do. */
    static MaskOverlap boxes(JsonNode truth, JsonNode found) {
        double right = 0;
        double bottom = 0;
        for (JsonNode boxes : List.of(truth, found)) {
            for (JsonNode box : boxes) {
                if (box.size() != BOX_NUMBERS) {
                    throw bad("wanted boxes of 4 numbers [x, y, width, height], got " + box);
                }
                right = Math.max(right, end(box, 0));
                bottom = Math.max(bottom, end(box, 1));
            }
        }
        if (!((right + 1) * (bottom + 1) <= MOST_PIXELS)) {
            throw bad("wanted boxes near their picture, got boxes that reach to " + right + ", " + bottom);
        }
        int height = (int) (bottom + 1);
        int width = (int) (right + 1);
        return MaskOverlap.of(drawBoxes(height, width, truth), drawBoxes(height, width, found));
    }

    /** Last pixel of a box along an axis, 0 across or 1 down. */
    private static double end(JsonNode box, int axis) {
        return box.path(axis).asDouble() + box.path(axis + 2).asDouble() - 1;
    }

    private static RunLengthMask drawBoxes(int height, int width, JsonNode boxes) {
        boolean[] pixels = new boolean[height * width];
        for (JsonNode box : boxes) {
            int left = sliceBound((int) box.path(0).asDouble(), width);
            int right = sliceBound((int) end(box, 0), width);
            int top = sliceBound((int) box.path(1).asDouble(), height);
            int bottom = sliceBound((int) end(box, 1), height);
            for (int row = top; row < bottom; row++) {
                for (int column = left; column < right; column++) {
                    pixels[row * width + column] = true;
                }
            }
        }
        return RunLengthMask.ofPixels(height, width, pixels);
    }

    /** As Python reads a bound of a slice: negative ones count from the end. */
    private static int sliceBound(int bound, int length) {
        return Math.max(0, Math.min(length, bound < 0 ? bound + length : bound));
    }

    private static GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, message);
    }
}
