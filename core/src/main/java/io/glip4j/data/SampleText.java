package io.glip4j.data;

import io.glip4j.model.Task;
import java.util.List;

/**
 * The words of a sample: the class names of a detection data set, a caption with marked phrases, a question with its
 * answers, or a description of the whole picture.
 */
public sealed interface SampleText permits ClassNames, Caption, AnsweredQuestion, PictureDescription {
    /** Boxes that have words. */
    int boxes();

    /** The words of some of the boxes, by number, in this order. */
    SampleText only(List<Integer> kept);

    /** What they are, in a form that stays the same from release to release. */
    String described();

    /** What is learned from it. */
    default Task task() {
        return Task.GROUND;
    }
}
