package io.glip4j;

/** The kinds of failure glip4j tells apart, so that a program can react without reading the message. */
public enum ErrorCode {
    BAD_ARGUMENT(true),
    UNREADABLE_PICTURE(true),
    PICTURE_TOO_LARGE(true),
    BAD_PROMPT(true),
    UNKNOWN_PRESET(true),
    BAD_CHECKPOINT(true),
    CHECKPOINT_MISMATCH(true),
    UNSAFE_CHECKPOINT(true),
    BAD_ANNOTATIONS(true),
    UNREADABLE_FILE(true),
    CANNOT_WRITE(true),
    MODEL_CLOSED(true),
    MISSING_TASK(true),
    TRAINING_DIVERGED(true),
    RANK_LOST(true),
    INTERNAL(false);

    private final boolean callersFault;

    ErrorCode(boolean callersFault) {
        this.callersFault = callersFault;
    }

    /** True where the caller can mend it (exit code 2 on the command line), false where glip4j is at fault (1). */
    public boolean callersFault() {
        return callersFault;
    }
}
