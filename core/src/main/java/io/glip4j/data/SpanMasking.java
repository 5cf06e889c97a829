package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.input.Token;
import io.glip4j.input.TokenizedText;
import io.glip4j.input.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Hides spans of a text's words, so that the words after them are told from the picture more than from the words
 * before. Spans are as SpanBERT's (Joshi et al. 2020): lengths from a geometric distribution, cut at ten, until a share
 * of the words is hidden. Start and end stay.
 *
 * @param texts share of the texts in which words are hidden, [0, 1]
 * @param words share of the words of such a text, [0, 1]
 * @param maskToken id of what stands in their place
 */
public record SpanMasking(double texts, double words, int maskToken) {
    /** Nothing is hidden. */
    public static final SpanMasking NONE = new SpanMasking(0, 0, 0);

    private static final double PUBLISHED_WORDS = 0.15;
    private static final double GEOMETRIC = 0.2;
    private static final int LONGEST = 10;

    public SpanMasking {
        if (!(texts >= 0 && texts <= 1 && words >= 0 && words <= 1)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "masking of spans: wanted shares in [0, 1], got " + texts + " and " + words);
        }
    }

    /** In a share of the texts, as many words as published, with a tokenizer's mask token; CLIP's has none. */
    public static SpanMasking published(double texts, Tokenizer tokenizer) {
        return texts == 0 ? NONE : new SpanMasking(texts, PUBLISHED_WORDS, WordMasking.maskToken(tokenizer));
    }

    public TokenizedText mask(TokenizedText text, SplittableRandom random) {
        int inside = text.size() - 2;
        if (random.nextDouble() >= texts || inside < 1) {
            return text;
        }
        List<Token> shown = new ArrayList<>(text.tokens());
        int wanted = (int) Math.round(words * inside);
        int hidden = 0;
        while (hidden < wanted) {
            int length = Math.min(length(random), wanted - hidden);
            int first = 1 + random.nextInt(inside - length + 1);
            for (int position = first; position < first + length; position++) {
                Token token = shown.get(position);
                if (token.id() != maskToken) {
                    shown.set(position, new Token(maskToken, token.span()));
                    hidden++;
                }
            }
        }
        return new TokenizedText(shown);
    }

    private static int length(SplittableRandom random) {
        int length = 1;
        while (length < LONGEST && random.nextDouble() >= GEOMETRIC) {
            length++;
        }
        return length;
    }
}
