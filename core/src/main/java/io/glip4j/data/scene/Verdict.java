package io.glip4j.data.scene;

/** Whether words are true of an object; people would not agree on {@link #UNCLEAR} ones. */
enum Verdict {
    NO,
    UNCLEAR,
    YES;

    static Verdict of(boolean yes) {
        return yes ? YES : NO;
    }

    /** Of two statements joined by "and". */
    Verdict and(Verdict other) {
        return compareTo(other) < 0 ? this : other;
    }
}
