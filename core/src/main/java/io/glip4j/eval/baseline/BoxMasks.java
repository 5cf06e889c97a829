package io.glip4j.eval.baseline;

import io.glip4j.eval.run.EvaluatedModel;
import io.glip4j.geometry.BoxXywh;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.geometry.RunLengthMask;
import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.output.Grounding;
import io.glip4j.output.Segment;
import io.glip4j.output.Segments;

/** A model whose masks are its boxes: what masks add to them. */
public record BoxMasks(EvaluatedModel model) implements EvaluatedModel {
    @Override
    public Grounding ground(Picture picture, Prompt prompt) {
        return model.ground(picture, prompt);
    }

    @Override
    public Segments segment(Picture picture, Prompt prompt) {
        Grounding found = model.ground(picture, prompt);
        return new Segments(
                found.width(),
                found.height(),
                found.detections().stream()
                        .map(detection -> new Segment(detection, filled(detection.box(), found)))
                        .toList());
    }

    private static RunLengthMask filled(BoxXyxy box, Grounding picture) {
        BoxXywh corner = new BoxXywh(box.x1(), box.y1(), box.x2() - box.x1(), box.y2() - box.y1());
        return RunLengthMask.ofBox(picture.height(), picture.width(), corner);
    }
}
