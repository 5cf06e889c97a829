package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.input.Token;
import io.glip4j.input.TokenizedText;
import io.glip4j.input.Tokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Hides words that are to be told from the rest (Devlin et al., BERT, 2018, section 3.1): of the tokens chosen, most
 * become the mask token, some a token drawn from the vocabulary, the others stay. Start and end are never chosen.
 *
 * @param chosen share of the tokens, [0, 1]
 * @param maskToken id
 * @param vocabulary ids are below it
 */
public record WordMasking(double chosen, int maskToken, int vocabulary) {
    private static final double PUBLISHED_SHARE = 0.15;
    private static final double MASKED = 0.8;
    private static final double REPLACED = 0.1;
    private static final String MASK = "[MASK]";
    private static final int START_MASK_END = 3;

    public WordMasking {
        if (!(chosen >= 0 && chosen <= 1)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "masking of words: wanted a share in [0, 1], got " + chosen);
        }
    }

    /**
     * What was hidden and where.
     *
     * @param tokens what the network is shown
     * @param hidden the ids that were there, by position
     */
    public record Masked(TokenizedText tokens, Map<Integer, Integer> hidden) {}

    /** As published, with a tokenizer's mask token; CLIP's has none and is refused. */
    public static WordMasking published(Tokenizer tokenizer, int vocabulary) {
        return new WordMasking(PUBLISHED_SHARE, maskToken(tokenizer), vocabulary);
    }

    /** A tokenizer's mask token; CLIP's has none and is refused. */
    public static int maskToken(Tokenizer tokenizer) {
        TokenizedText mask = tokenizer.encode(MASK);
        if (mask.size() != START_MASK_END) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "masking of words: wanted a tokenizer with the token " + MASK
                            + ", got one without; train without masked words");
        }
        return mask.ids().get(1);
    }

    public Masked mask(TokenizedText text, SplittableRandom random) {
        Map<Integer, Integer> hidden = new LinkedHashMap<>();
        List<Token> shown = IntStream.range(0, text.size())
                .mapToObj(position -> {
                    Token token = text.tokens().get(position);
                    boolean word = position > 0 && position < text.size() - 1;
                    if (!word || random.nextDouble() >= chosen) {
                        return token;
                    }
                    hidden.put(position, token.id());
                    return new Token(shown(token.id(), random), token.span());
                })
                .toList();
        return new Masked(new TokenizedText(shown), hidden);
    }

    private int shown(int id, SplittableRandom random) {
        double draw = random.nextDouble();
        if (draw < MASKED) {
            return maskToken;
        }
        return draw < MASKED + REPLACED ? random.nextInt(vocabulary) : id;
    }
}
