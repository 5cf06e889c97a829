package io.glip4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.input.Span;
import io.glip4j.input.Token;
import io.glip4j.input.TokenizedText;
import io.glip4j.input.Tokenizer;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordMaskingTest {
    private static final int TOKENS = 40_002;
    private static final int MASK = 7;
    private static final WordMasking RULE = new WordMasking(0.15, MASK, 1_000);

    private static TokenizedText text() {
        return new TokenizedText(IntStream.range(0, TOKENS)
                .mapToObj(i -> new Token(2_000 + i, new Span(i, i + 1)))
                .toList());
    }

    @Test
    void hidesFifteenPercentAsPublished() {
        TokenizedText text = text();
        WordMasking.Masked masked = RULE.mask(text, new SplittableRandom(1));
        assertThat(masked.hidden().size() / (double) TOKENS).isCloseTo(0.15, within(0.006));
        assertThat(masked.hidden()).doesNotContainKeys(0, TOKENS - 1);
        masked.hidden().forEach((position, id) -> assertThat(id).isEqualTo(2_000 + position));
        double hidden = masked.hidden().size();
        assertThat(count(masked, 'm') / hidden).isCloseTo(0.8, within(0.02));
        assertThat(count(masked, 'r') / hidden).isCloseTo(0.1, within(0.015));
        assertThat(count(masked, 's') / hidden).isCloseTo(0.1, within(0.015));
        for (int position = 0; position < TOKENS; position++) {
            if (!masked.hidden().containsKey(position)) {
                assertThat(masked.tokens().tokens().get(position))
                        .isEqualTo(text.tokens().get(position));
            }
        }
    }

    private static long count(WordMasking.Masked masked, char kind) {
        return masked.hidden().keySet().stream()
                .filter(position -> {
                    int id = masked.tokens().ids().get(position);
                    return kind == 'm' ? id == MASK : kind == 'r' ? id < 1_000 && id != MASK : id == 2_000 + position;
                })
                .count();
    }

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(RULE.mask(text(), new SplittableRandom(3))).isEqualTo(RULE.mask(text(), new SplittableRandom(3)));
        assertThat(RULE.mask(text(), new SplittableRandom(3))).isNotEqualTo(RULE.mask(text(), new SplittableRandom(4)));
    }

    @Test
    void takesTheMaskTokenOfTheTokenizer() {
        try (Tokenizer bert = Tokenizer.bert();
                Tokenizer clip = Tokenizer.clip()) {
            assertThat(WordMasking.published(bert, 30_522)).isEqualTo(new WordMasking(0.15, 103, 30_522));
            assertThatThrownBy(() -> WordMasking.published(clip, 49_408))
                    .isInstanceOfSatisfying(
                            GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ARGUMENT));
        }
    }
}
