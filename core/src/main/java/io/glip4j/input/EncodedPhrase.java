package io.glip4j.input;

import java.util.List;

/**
 * Where a phrase stands among the tokens of one pass.
 *
 * @param phrase its number in {@link Prompt#phrases}
 * @param tokens ascending positions in the pass's tokens; none where the tokenizer knows nothing of it, so that it is
 *     never found
 */
public record EncodedPhrase(int phrase, List<Integer> tokens) {
    public EncodedPhrase {
        tokens = List.copyOf(tokens);
    }
}
