package io.glip4j.eval.detection;

/** What is compared: boxes or masks. */
public enum OverlapKind {
    BOX,
    MASK
}
