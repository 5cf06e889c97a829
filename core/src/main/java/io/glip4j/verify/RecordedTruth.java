package io.glip4j.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.train.loss.PictureTruth;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a recorded training step was to find. */
public final class RecordedTruth {
    private RecordedTruth() {}

    /** Picture by picture, with the tokens of each box's label; empty where the case records no training. */
    public static List<PictureTruth> of(RecordedCase recorded) {
        return elements(recorded.json().path("targets")).stream()
                .map(picture -> new PictureTruth(
                        elements(picture.required("boxes_xyxy")).stream()
                                .map(RecordedTruth::box)
                                .toList(),
                        labels(picture).stream()
                                .map(label -> tokens(recorded, label))
                                .toList()))
                .toList();
    }

    /** The labels of one picture's boxes, from 1. */
    static List<Integer> labels(JsonNode picture) {
        return elements(picture.required("labels")).stream()
                .map(JsonNode::asInt)
                .toList();
    }

    private static List<Integer> tokens(RecordedCase recorded, int label) {
        JsonNode positions = recorded.json().required("label_to_tokens").required(Integer.toString(label));
        return elements(positions).stream().map(JsonNode::asInt).toList();
    }

    private static BoxXyxy box(JsonNode corners) {
        return new BoxXyxy(
                corners.required(0).asDouble(),
                corners.required(1).asDouble(),
                corners.required(2).asDouble(),
                corners.required(3).asDouble());
    }

    private static List<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }
}
