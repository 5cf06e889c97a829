package io.glip4j;

/** The one exception of glip4j: a kind, and a line that says what was wanted, what came and what to do. */
public final class GlipException extends RuntimeException {
    private final ErrorCode code;

    public GlipException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public GlipException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
