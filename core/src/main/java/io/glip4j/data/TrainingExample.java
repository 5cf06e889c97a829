package io.glip4j.data;

import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.Picture;
import io.glip4j.input.TokenizedText;
import io.glip4j.model.Task;
import java.util.List;

/**
 * One augmented picture with its prompt in tokens; plain Java memory, made ahead of the training step.
 *
 * @param sample where it came from
 * @param picture resized
 * @param boxes in pixels of {@code picture}, last pixel inside
 * @param prompt what the network is told
 * @param texts {@code prompt} in tokens, cut to what the text encoder takes; of questions and descriptions as many as
 *     the sample has, at least one
 * @param tokensOfBox for each box the positions of the tokens that name it, at least one
 * @param classes of the boxes and tokens, where the prompt is made of class names
 * @param outlines of the things in the boxes: of all of them, or none where they are not known
 */
public record TrainingExample(
        GroundingSample sample,
        Picture picture,
        List<BoxXyxy> boxes,
        String prompt,
        List<TokenizedText> texts,
        List<List<Integer>> tokensOfBox,
        PromptClasses classes,
        List<Outline> outlines) {
    public TrainingExample {
        boxes = List.copyOf(boxes);
        texts = List.copyOf(texts);
        outlines = List.copyOf(outlines);
        if (!outlines.isEmpty() && outlines.size() != boxes.size()) {
            throw new IllegalArgumentException(
                    "wanted outlines of none or all of " + boxes.size() + " boxes, got " + outlines.size());
        }
        tokensOfBox = tokensOfBox.stream().map(List::copyOf).toList();
        if (boxes.size() != tokensOfBox.size()) {
            throw new IllegalArgumentException(
                    "wanted tokens for " + boxes.size() + " boxes, got " + tokensOfBox.size());
        }
        if (!classes.ofBoxes().isEmpty() && classes.ofBoxes().size() != boxes.size()) {
            throw new IllegalArgumentException("wanted classes of none or all of " + boxes.size() + " boxes, got "
                    + classes.ofBoxes().size());
        }
    }

    /** An example with free text and without outlines. */
    public TrainingExample(
            GroundingSample sample,
            Picture picture,
            List<BoxXyxy> boxes,
            String prompt,
            TokenizedText tokens,
            List<List<Integer>> tokensOfBox) {
        this(sample, picture, boxes, prompt, List.of(tokens), tokensOfBox, PromptClasses.FREE_TEXT, List.of());
    }

    /** The first text in tokens: the only one where boxes are named. */
    public TokenizedText tokens() {
        return texts.get(0);
    }

    /** What is learned from it. */
    public Task task() {
        return sample.text().task();
    }
}
