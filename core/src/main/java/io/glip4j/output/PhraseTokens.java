package io.glip4j.output;

import java.util.List;

/**
 * Where a phrase stands among the tokens of a prompt.
 *
 * @param phrase the caller's number for it, the same in every pass
 * @param tokens positions in the token sequence; a phrase without tokens is never found
 */
public record PhraseTokens(int phrase, List<Integer> tokens) {
    public PhraseTokens {
        tokens = List.copyOf(tokens);
    }
}
