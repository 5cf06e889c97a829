package io.glip4j.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptEncoderTest {
    private static final Tokenizer BERT = Tokenizer.bert();
    private static final Tokenizer CLIP = Tokenizer.clip();
    private static final PromptEncoder ENCODER = new PromptEncoder(BERT, 256);

    @AfterAll
    static void close() {
        BERT.close();
        CLIP.close();
    }

    @Test
    void joinsCleanedClassesWithoutFinalPeriod() {
        EncodedPrompt pass =
                only(ENCODER.encode(Prompt.classes(List.of("person", "traffic_light", "bow_(weapon)", "Person"))));
        assertThat(pass.text()).isEqualTo("person. traffic light. bow");
        assertThat(pass.phrases())
                .containsExactly(
                        new EncodedPhrase(0, List.of(1)),
                        new EncodedPhrase(3, List.of(1)), // the same word: told once, reported twice
                        new EncodedPhrase(1, List.of(3, 4)),
                        new EncodedPhrase(2, List.of(6)));
    }

    @Test
    void captionsGoAsTheyAre() {
        EncodedPrompt pass =
                only(ENCODER.encode(Prompt.captionWith(" A man_holding (a) dog", List.of("A man", "dog"))));
        assertThat(pass.text()).isEqualTo(" A man_holding (a) dog");
        assertThat(pass.phrases())
                .containsExactly(new EncodedPhrase(0, List.of(1, 2)), new EncodedPhrase(1, List.of(8)));
    }

    @Test
    void negativeWordsTakePartWithoutBeingReported() {
        assertThat(only(ENCODER.encode(Prompt.parse("dog").withNegatives(List.of("cat", "big_cow")))))
                .satisfies(pass -> assertThat(pass.text()).isEqualTo("dog. cat. big cow"))
                .satisfies(pass -> assertThat(pass.phrases()).containsExactly(new EncodedPhrase(0, List.of(1))));
        assertThat(only(ENCODER.encode(Prompt.sentence("A dog.").withNegatives(List.of("cat"))))
                        .text())
                .isEqualTo("A dog. cat");
        assertThat(only(ENCODER.encode(Prompt.sentence("A dog ").withNegatives(List.of("cat"))))
                        .text())
                .isEqualTo("A dog. cat");
    }

    @Test
    void phrasesWithoutTokensStayEmpty() {
        EncodedPrompt pass =
                only(ENCODER.encode(Prompt.classes(List.of("\u200B\u200B\u200B\u200B", "dog", "\uD83D\uDC36"))));
        assertThat(pass.phrases().get(0).tokens()).isEmpty();
        assertThat(pass.phrases().get(1).tokens()).hasSize(1);
        assertThat(only(ENCODER.encode(Prompt.classes(List.of("\u200B")))).phrases())
                .containsExactly(new EncodedPhrase(0, List.of()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50, 120, 1203})
    void splitsManyClassesOverPasses(int count) {
        Random random = new Random(count);
        List<String> words =
                List.of("dog", "C++", "traffic light", "unobtainiumization", "naïve", "\uD83D\uDC36", "a.b");
        List<String> names = IntStream.range(0, count)
                .mapToObj(i -> words.get(random.nextInt(words.size())) + " " + i)
                .toList();
        Prompt prompt = Prompt.classes(names).withNegatives(List.of("cat", "garden gnome"));
        for (Tokenizer tokenizer : List.of(BERT, CLIP)) {
            List<EncodedPrompt> passes = new PromptEncoder(tokenizer, 77).encode(prompt);
            assertCovers(passes, prompt, 77);
            for (EncodedPrompt pass : passes) {
                assertThat(pass.text()).endsWith(". cat. garden gnome");
                for (EncodedPhrase phrase : pass.phrases()) {
                    assertThat(words(pass, phrase)).isEqualTo(ids(tokenizer.encode(names.get(phrase.phrase()))));
                }
            }
        }
    }

    @Test
    void classesFillAPassBeforeTheNext() {
        List<String> names = IntStream.range(0, 200)
                .mapToObj(i -> "dog " + (i % 10) + (i / 10))
                .toList();
        List<EncodedPrompt> passes = ENCODER.encode(Prompt.classes(names));
        assertThat(passes.get(0).tokens().size()).isBetween(250, 256);
        assertThat(passes.stream().flatMap(pass -> pass.phrases().stream().map(EncodedPhrase::phrase)))
                .isEqualTo(IntStream.range(0, 200).boxed().toList());
    }

    @Test
    void manyNegativeWordsTakeTurns() {
        List<String> names = IntStream.range(0, 60).mapToObj(i -> "dog" + i).toList();
        List<String> negatives = IntStream.range(0, 60).mapToObj(i -> "cat" + i).toList();
        Prompt prompt = Prompt.classes(names).withNegatives(negatives);
        List<EncodedPrompt> passes = new PromptEncoder(BERT, 64).encode(prompt);
        assertCovers(passes, prompt, 64);
        String all = passes.stream().map(EncodedPrompt::text).collect(Collectors.joining(". "));
        assertThat(negatives).allSatisfy(word -> assertThat(all).contains(word));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 40, 77, 256})
    void splitsLongCaptionsSoThatEveryPhraseIsWhole(int maxTokens) {
        String sentence =
                "A naïve man \uD83D\uDC36 holds a small dog near the \"red\" barn, and behind him 3 cows eat grass. ";
        String caption = sentence.repeat(12) + sentence.replace(".", "").repeat(12) + "東京タワー。".repeat(20);
        List<Span> spans = new ArrayList<>();
        for (String words :
                List.of("naïve man \uD83D\uDC36", "small dog", "the \"red\" barn", "3 cows", "東京タワー", "him 3")) {
            for (int at = caption.indexOf(words); at >= 0; at = caption.indexOf(words, at + 1)) {
                spans.add(Span.ofChars(caption, at, at + words.length()));
            }
        }
        Prompt prompt = Prompt.caption(caption, spans).withNegatives(List.of("cat"));
        for (Tokenizer tokenizer : List.of(BERT, CLIP)) {
            List<EncodedPrompt> passes = new PromptEncoder(tokenizer, maxTokens).encode(prompt);
            assertCovers(passes, prompt, maxTokens);
            assertThat(passes.size()).isGreaterThan(1);
            for (EncodedPrompt pass : passes) {
                for (EncodedPhrase phrase : pass.phrases()) {
                    String words = prompt.phrases().get(phrase.phrase()).text();
                    assertThat(words(pass, phrase)).isEqualTo(ids(tokenizer.encode(words)));
                }
            }
        }
    }

    @Test
    void cutsBetweenSentences() {
        String sentence = "A man in a blue shirt holds a small dog. ";
        List<EncodedPrompt> passes =
                new PromptEncoder(BERT, 40).encode(Prompt.captionWithNounPhrases(sentence.repeat(7)));
        assertThat(passes).hasSize(3);
        passes.forEach(
                pass -> assertThat(pass.text().strip()).startsWith("A man").endsWith("dog."));
    }

    @Test
    void refusesAPhraseThatNoPassHolds() {
        String many = "very ".repeat(60) + "large dog";
        PromptEncoder small = new PromptEncoder(BERT, 32);
        for (Prompt prompt : List.of(Prompt.parse("cat. " + many), Prompt.sentence("A cat. " + many))) {
            assertThatExceptionOfType(GlipException.class)
                    .isThrownBy(() -> small.encode(prompt))
                    .withMessageContaining("wanted phrases of at most 30 tokens, got '")
                    .matches(e -> e.code() == ErrorCode.BAD_PROMPT);
        }
        assertThatExceptionOfType(GlipException.class)
                .isThrownBy(() -> small.encode(Prompt.parse("cat").withNegatives(List.of(many))))
                .withMessageContaining("negative words of fewer than");
    }

    private static void assertCovers(List<EncodedPrompt> passes, Prompt prompt, int maxTokens) {
        TreeSet<Integer> covered = new TreeSet<>();
        for (EncodedPrompt pass : passes) {
            assertThat(pass.tokens().size()).isLessThanOrEqualTo(maxTokens);
            for (EncodedPhrase phrase : pass.phrases()) {
                assertThat(covered.add(phrase.phrase())).as("once").isTrue();
                assertThat(phrase.tokens()).isNotEmpty();
            }
        }
        assertThat(covered).hasSize(prompt.phrases().size());
    }

    private static List<Integer> words(EncodedPrompt pass, EncodedPhrase phrase) {
        return phrase.tokens().stream().map(at -> pass.tokens().ids().get(at)).toList();
    }

    /** Without start and end. */
    private static List<Integer> ids(TokenizedText text) {
        return text.ids().subList(1, text.size() - 1);
    }

    private static EncodedPrompt only(List<EncodedPrompt> passes) {
        assertThat(passes).hasSize(1);
        return passes.get(0);
    }
}
