package io.glip4j.eval.grounding;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.json.JsonRecord;
import io.glip4j.json.JsonRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The boxes found for one sentence.
 *
 * @param sentenceId place of the sentence in its picture's file, from 0
 * @param boxes for each phrase that has a box in the annotation, in the sentence's order, boxes best first
 */
public record SentencePrediction(String imageId, int sentenceId, List<List<BoxXyxy>> boxes) {
    private static final int BOX_NUMBERS = 4;

    public SentencePrediction {
        boxes = boxes.stream().map(List::copyOf).toList();
    }

    /**
     * Reads a list of {@code image_id, sentence_id, boxes}.
     *
     * @throws io.glip4j.GlipException {@code UNREADABLE_FILE} or {@code BAD_ANNOTATIONS}
     */
    public static List<SentencePrediction> read(Path file) {
        List<SentencePrediction> predictions = new ArrayList<>();
        JsonRecords.readList(file, json -> predictions.add(read(json)));
        return predictions;
    }

    private static SentencePrediction read(JsonRecord json) throws IOException {
        JsonNode node = json.tree();
        json.require(node.path("image_id").isValueNode(), "image_id");
        json.require(node.path("sentence_id").isValueNode(), "sentence_id");
        json.require(node.path("boxes").isArray(), "boxes");
        List<List<BoxXyxy>> phrases = new ArrayList<>();
        for (JsonNode phrase : node.path("boxes")) {
            List<BoxXyxy> boxes = new ArrayList<>();
            for (JsonNode box : phrase) {
                if (box.size() != BOX_NUMBERS) {
                    throw json.bad("wanted boxes of 4 numbers [x1, y1, x2, y2], got " + box);
                }
                boxes.add(new BoxXyxy(
                        box.path(0).asDouble(),
                        box.path(1).asDouble(),
                        box.path(2).asDouble(),
                        box.path(3).asDouble()));
            }
            phrases.add(boxes);
        }
        return new SentencePrediction(
                node.path("image_id").asText(), node.path("sentence_id").asInt(), phrases);
    }
}
