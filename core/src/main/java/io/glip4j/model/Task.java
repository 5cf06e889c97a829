package io.glip4j.model;

import io.glip4j.model.GlipConfig.Head;
import java.util.Optional;

/** What one set of weights may do. */
public enum Task {
    /** Boxes for words; every network does this. */
    GROUND(Optional.empty()),
    /** Masks for words. */
    SEGMENT(Optional.of(Head.MASK)),
    /** Answers to questions. */
    ANSWER(Optional.of(Head.ANSWERS)),
    /** Descriptions of pictures. */
    DESCRIBE(Optional.of(Head.NEXT_WORD));

    private final Optional<Head> head;

    Task(Optional<Head> head) {
        this.head = head;
    }

    /** What a network needs for it beside boxes and word logits. */
    public Optional<Head> head() {
        return head;
    }
}
