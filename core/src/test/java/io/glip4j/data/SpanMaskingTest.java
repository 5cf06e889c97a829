package io.glip4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.GlipException;
import io.glip4j.input.Span;
import io.glip4j.input.Token;
import io.glip4j.input.TokenizedText;
import io.glip4j.input.Tokenizer;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanMaskingTest {
    private static final int MASK = 7;

    private static TokenizedText text(int tokens) {
        return new TokenizedText(IntStream.range(0, tokens)
                .mapToObj(i -> new Token(2_000 + i, new Span(i, i + 1)))
                .toList());
    }

    private static long hidden(TokenizedText text) {
        return text.ids().stream().filter(id -> id == MASK).count();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 12, 102})
    void hidesItsShareOfTheWordsAndNeverStartOrEnd(int tokens) {
        SpanMasking rule = new SpanMasking(1, 0.15, MASK);
        for (long seed = 0; seed < 50; seed++) {
            TokenizedText masked = rule.mask(text(tokens), new SplittableRandom(seed));
            assertThat(hidden(masked)).isEqualTo(Math.round(0.15 * (tokens - 2)));
            assertThat(masked.ids().get(0)).isEqualTo(2_000);
            assertThat(masked.ids().get(tokens - 1)).isEqualTo(2_000 + tokens - 1);
            for (int i = 0; i < tokens; i++) {
                assertThat(masked.ids().get(i)).isIn(MASK, 2_000 + i);
            }
        }
    }

    /** A mean length of 3.8 words, as SpanBERT's: neighbours of hidden words are mostly hidden. */
    @Test
    void whatIsHiddenStandsTogether() {
        TokenizedText masked = new SpanMasking(1, 0.15, MASK).mask(text(20_002), new SplittableRandom(3));
        int runs = 0;
        for (int i = 1; i < masked.size(); i++) {
            boolean begins = masked.ids().get(i) == MASK && masked.ids().get(i - 1) != MASK;
            runs += begins ? 1 : 0;
        }
        assertThat(hidden(masked) / (double) runs).isBetween(3.5, 5.5);
    }

    @Test
    void onlyAShareOfTheTextsIsChanged() {
        SpanMasking rule = new SpanMasking(0.25, 0.15, MASK);
        SplittableRandom random = new SplittableRandom(9);
        long changed = IntStream.range(0, 4_000)
                .filter(i -> hidden(rule.mask(text(22), random)) > 0)
                .count();
        assertThat(changed / 4_000.0).isEqualTo(0.25, within(0.02));
        assertThat(hidden(SpanMasking.NONE.mask(text(22), random))).isZero();
    }

    @Test
    void aTokenizerWithoutMaskIsRefusedOnlyWhereOneIsNeeded() {
        try (Tokenizer bert = Tokenizer.bert();
                Tokenizer clip = Tokenizer.clip()) {
            assertThat(SpanMasking.published(0.5, bert)).isEqualTo(new SpanMasking(0.5, 0.15, 103));
            assertThat(SpanMasking.published(0, clip)).isEqualTo(SpanMasking.NONE);
            assertThatThrownBy(() -> SpanMasking.published(0.5, clip)).isInstanceOf(GlipException.class);
        }
    }

    @Test
    void sharesAreShares() {
        assertThatThrownBy(() -> new SpanMasking(1.5, 0.1, MASK)).isInstanceOf(GlipException.class);
        assertThatThrownBy(() -> new SpanMasking(0.5, Double.NaN, MASK)).isInstanceOf(GlipException.class);
    }
}
