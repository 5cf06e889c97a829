package io.glip4j.train;

import io.glip4j.model.GlipConfig.Head;

/** Losses that a run may add to grounding. */
public enum ExtraLoss {
    /** Regions against the words of all pictures. */
    INTER_IMAGE(Head.INTER_IMAGE),
    /** Masked words told from picture and text. */
    MASKED_WORDS(Head.MASKED_WORDS),
    /** Masks under the boxes, where the data has outlines. */
    MASKS(Head.MASK);

    private final Head head;

    ExtraLoss(Head head) {
        this.head = head;
    }

    /** What the network needs for it. */
    public Head head() {
        return head;
    }
}
