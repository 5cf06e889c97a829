package io.glip4j.data;

import io.glip4j.model.Task;
import java.util.List;

/**
 * The words of a sample: the class names of a detection data set, a caption with marked phrases, a question with its
 * answers, a description of the whole picture, or several of either.
 */
public sealed interface SampleText permits ClassNames, Caption, AnsweredQuestion, PictureDescription, PictureTexts {
    /** Boxes that have words. */
    int boxes();

    /** The words of some of the boxes, by number, in this order. */
    SampleText only(List<Integer> kept);

    /** What they are, in a form that stays the same from release to release. */
    String described();

    /** Its texts, each to be learned by itself; most have one. */
    default List<SampleText> each() {
        return List.of(this);
    }

    /** What is learned from it. */
    default Task task() {
        return Task.GROUND;
    }
}
