package io.glip4j.torch.checkpoint;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.nio.file.NoSuchFileException;

/** The errors of one checkpoint file: every message names the file. */
record BadFile(String file) {
    private static final String ADVICE = "; get the file anew";

    /** The file breaks its own format. */
    GlipException malformed(String what) {
        return new GlipException(ErrorCode.BAD_CHECKPOINT, file + " is damaged: " + what + ADVICE);
    }

    GlipException malformed(String what, Throwable cause) {
        return new GlipException(ErrorCode.BAD_CHECKPOINT, file + " is damaged: " + what + ADVICE, cause);
    }

    /** The file is what it says, but not something glip4j reads. */
    GlipException unsupported(String what) {
        return new GlipException(ErrorCode.BAD_CHECKPOINT, file + ": " + what);
    }

    /** The file asks for code to be run. */
    GlipException unsafe(String what) {
        return new GlipException(
                ErrorCode.UNSAFE_CHECKPOINT,
                file + " asks for " + what
                        + ", which is neither a tensor nor a plain container; nothing of it was run."
                        + " Use a file that holds weights only");
    }

    GlipException unreadable(Exception cause) {
        String reason = cause instanceof NoSuchFileException
                ? "there is no such file"
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return new GlipException(
                ErrorCode.UNREADABLE_FILE,
                "cannot read " + file + " (" + reason + "); wanted a .pth or .safetensors file",
                cause);
    }
}
