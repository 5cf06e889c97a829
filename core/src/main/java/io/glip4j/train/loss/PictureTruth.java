package io.glip4j.train.loss;

import io.glip4j.data.Outline;
import io.glip4j.data.PromptClasses;
import io.glip4j.geometry.BoxXyxy;
import java.util.List;

/**
 * What is to be found on one picture of a training batch.
 *
 * @param boxes in pixels of the resized picture
 * @param tokens for each box the positions of the tokens that name it
 * @param classes of boxes and tokens, for comparing pictures with each other
 * @param outlines of the things in the boxes: of all of them, or none where they are not known
 */
public record PictureTruth(
        List<BoxXyxy> boxes, List<List<Integer>> tokens, PromptClasses classes, List<Outline> outlines) {
    public PictureTruth {
        boxes = List.copyOf(boxes);
        outlines = List.copyOf(outlines);
        tokens = tokens.stream().map(List::copyOf).toList();
        if (boxes.size() != tokens.size()) {
            throw new IllegalArgumentException(
                    "wanted the tokens of " + boxes.size() + " boxes, got those of " + tokens.size());
        }
        if (!outlines.isEmpty() && outlines.size() != boxes.size()) {
            throw new IllegalArgumentException(
                    "wanted outlines of none or all of " + boxes.size() + " boxes, got " + outlines.size());
        }
    }

    /** Named by free text. */
    public PictureTruth(List<BoxXyxy> boxes, List<List<Integer>> tokens) {
        this(boxes, tokens, PromptClasses.FREE_TEXT, List.of());
    }

    long classOfBox(int box) {
        return classes.ofBoxes().isEmpty()
                ? RegionsAndWords.FREE_TEXT
                : classes.ofBoxes().get(box);
    }

    long classOfToken(int position) {
        return classes.ofTokens().getOrDefault(position, RegionsAndWords.FREE_TEXT);
    }

    float[] boxesXyxy() {
        float[] corners = new float[4 * boxes.size()];
        int at = 0;
        for (BoxXyxy box : boxes) {
            corners[at++] = (float) box.x1();
            corners[at++] = (float) box.y1();
            corners[at++] = (float) box.x2();
            corners[at++] = (float) box.y2();
        }
        return corners;
    }
}
