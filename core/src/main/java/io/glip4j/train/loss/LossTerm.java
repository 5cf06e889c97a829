package io.glip4j.train.loss;

import io.glip4j.model.Task;

/** The losses that are added up. */
public enum LossTerm {
    /** Boxes against the boxes their anchors answer for: generalised IoU. */
    LOCALIZATION(Task.GROUND),
    /** How near to the middle of the box an anchor is. */
    CENTERNESS(Task.GROUND),
    /** Regions against the words of their own prompt (L_intra). */
    WORD_ALIGNMENT(Task.GROUND),
    /** Regions against the words of all prompts of the global batch (L_inter). */
    INTER_IMAGE(Task.GROUND),
    /** Masked words told from picture and text (L_mlm). */
    MASKED_WORDS(Task.GROUND),
    /** Masks inside the boxes. */
    MASKS(Task.SEGMENT),
    /** Answers to questions. */
    ANSWERS(Task.ANSWER),
    /** Words of descriptions. */
    NEXT_WORDS(Task.DESCRIBE);

    private final Task task;

    LossTerm(Task task) {
        this.task = task;
    }

    /** What is learned by it. */
    public Task task() {
        return task;
    }
}
