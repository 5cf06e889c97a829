package io.glip4j.model.encoder;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import org.bytedeco.pytorch.Tensor;

/** How many tokens a batch has, against how many an encoder has learned positions for. */
final class TokenPositions {
    private TokenPositions() {}

    /** T of token ids (N, T), which, after {@code before} others, must not exceed {@code positions}. */
    static long count(Tensor tokenIds, long before, int positions) {
        long tokens = tokenIds.size(1);
        if (before + tokens > positions) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted at most " + positions + " tokens, got " + (before + tokens)
                            + "; cut the text or split the prompt");
        }
        return tokens;
    }
}
