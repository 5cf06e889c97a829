package io.glip4j.data;

/** What to do with an annotation that cannot be right. */
public enum BadRecords {
    /** Stop with an error that names file and record. */
    REFUSE,
    /** Leave it out and remember why. */
    DROP
}
