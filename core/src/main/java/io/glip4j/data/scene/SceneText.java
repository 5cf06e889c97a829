package io.glip4j.data.scene;

import io.glip4j.model.Task;

/** What is said of a scene that a network learns from. */
public enum SceneText {
    /** Class names, captions and referring expressions, half of them class names. */
    ALL_KINDS(Task.GROUND),
    /** Class names alone, as detection data sets have them: most of what tells names apart. */
    CLASS_NAMES(Task.GROUND),
    QUESTIONS(Task.ANSWER),
    DESCRIPTIONS(Task.DESCRIBE);

    private final Task task;

    SceneText(Task task) {
        this.task = task;
    }

    /** What is learned from it. */
    public Task task() {
        return task;
    }
}
