package io.glip4j.input;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.List;

/**
 * Prompts to what the network takes: one pass where it fits, else several that together cover every phrase. Negative
 * words take part in every pass; where they leave less than half of it to the phrases, in turn.
 *
 * @param maxTokens most tokens of a pass, start and end token included
 */
public record PromptEncoder(Tokenizer tokenizer, int maxTokens) {
    private static final int LEAST_TOKENS = 16;
    private static final int START_AND_END = 2;

    public PromptEncoder {
        if (maxTokens < LEAST_TOKENS) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted maxTokens of at least " + LEAST_TOKENS + ", got " + maxTokens + "; give more");
        }
    }

    /**
     * The passes of a prompt, at least one, each phrase's part in exactly one of them.
     *
     * @throws GlipException BAD_PROMPT if a single phrase is longer than a pass
     */
    public List<EncodedPrompt> encode(Prompt prompt) {
        NegativeWords negatives = new NegativeWords(this, prompt.negatives(), tokenizer.count(prompt.text()) + 1);
        if (prompt instanceof ClassPrompt classes) {
            return new ClassChunks(this, negatives).encode(classes);
        }
        return new CaptionPieces(this, negatives).encode((CaptionPrompt) prompt);
    }

    /** Most tokens of a pass's text. */
    int room() {
        return maxTokens - START_AND_END;
    }

    boolean fits(TokenizedText tokens) {
        return tokens.size() <= maxTokens;
    }

    void requireFits(String phrase, int tokens) {
        if (tokens > room()) {
            throw PromptChecks.bad(
                    "phrases of at most " + room() + " tokens",
                    PromptChecks.quote(phrase) + " with " + tokens,
                    "say it in fewer words, or name the things in it one by one");
        }
    }
}
