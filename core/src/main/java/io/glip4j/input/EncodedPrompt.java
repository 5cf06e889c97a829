package io.glip4j.input;

import java.util.List;

/**
 * A prompt, or as much of it as one pass of the network takes.
 *
 * @param text what the network is told
 * @param tokens of {@code text}, not padded; {@link Tokenizer#batch} makes the network's input of them
 * @param phrases of this pass; negative words are not among them
 */
public record EncodedPrompt(String text, TokenizedText tokens, List<EncodedPhrase> phrases) {
    public EncodedPrompt {
        phrases = List.copyOf(phrases);
    }
}
