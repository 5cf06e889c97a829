package io.glip4j.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PromptTest {
    @Test
    void classesKeepTheirWordsAndPlaces() {
        Prompt prompt = Prompt.classes(List.of("traffic light", "bow_(weapon)", "\uD83D\uDC36 dog"));
        assertThat(prompt.text()).isEqualTo("traffic light. bow_(weapon). \uD83D\uDC36 dog");
        assertThat(prompt.phrases())
                .containsExactly(
                        new Phrase("traffic light", new Span(0, 13)),
                        new Phrase("bow_(weapon)", new Span(15, 27)),
                        new Phrase("\uD83D\uDC36 dog", new Span(29, 34)));
        prompt.phrases().forEach(p -> assertThat(p.span().in(prompt.text())).isEqualTo(p.text()));
    }

    @Test
    void parsesClassesDividedByFullStops() {
        Prompt prompt = Prompt.parse("  person. traffic light .dog.2.5 l bottle..");
        assertThat(prompt.phrases())
                .containsExactly(
                        new Phrase("person", new Span(2, 8)),
                        new Phrase("traffic light", new Span(10, 23)),
                        new Phrase("dog", new Span(25, 28)),
                        new Phrase("2.5 l bottle", new Span(29, 41)));
    }

    @Test
    void cleansNamesAsPublished() {
        assertThat(ClassNameCleaner.clean("bow_(weapon)")).isEqualTo("bow");
        assertThat(ClassNameCleaner.clean("card (playing) deck (of cards)_box"))
                .isEqualTo("card  box".replace("  ", " "));
        assertThat(ClassNameCleaner.clean("hair_drier")).isEqualTo("hair drier");
        assertBad(() -> ClassNameCleaner.clean("(weapon)"), "got '(weapon)'");
    }

    @Test
    void findsPhrasesInTheirCaption() {
        Prompt prompt = Prompt.captionWith(
                "A woman, a man and a man \uD83D\uDC36 in Tōkyō", List.of("man", "man", "a", "tōkyō"));
        assertThat(prompt.phrases())
                .containsExactly(
                        new Phrase("man", new Span(11, 14)),
                        new Phrase("man", new Span(21, 24)),
                        new Phrase("a", new Span(9, 10)),
                        new Phrase("tōkyō", new Span(30, 35)));
        assertThat(Prompt.captionWith("東京タワー", List.of("タワー")).phrases().get(0).span())
                .isEqualTo(new Span(2, 5));
        assertBad(() -> Prompt.captionWith("a man holding a dog", List.of("cat")), "got 'cat', which is not in it");
        assertBad(() -> Prompt.captionWith("a man", List.of("a man holding a dog")), "which is not in it");
        assertBad(() -> Prompt.captionWith("a man", List.of(" ")), "a blank one");
        assertBad(() -> Prompt.captionWith("a man", List.of()), "no phrase");
    }

    @Test
    void takesPhrasesBySpans() {
        Prompt prompt = Prompt.caption("two \uD83D\uDC36 dogs", List.of(new Span(0, 3), new Span(4, 10)));
        assertThat(prompt.phrases()).extracting(Phrase::text).containsExactly("two", "\uD83D\uDC36 dogs");
        assertBad(() -> Prompt.caption("two dogs", List.of(new Span(4, 9))), "got [4, 9)");
        assertBad(() -> Prompt.caption("two dogs", List.of(new Span(3, 4))), "got [3, 4)");
        assertBad(() -> Prompt.caption("two dogs", List.of(new Span(2, 2))), "got [2, 2)");
        assertBad(() -> new Span(3, 2), "0 <= begin <= end");
    }

    @Test
    void findsNounPhrases() {
        String caption = "\uD83D\uDC36! A man in a blue shirt is holding two small dogs near the Eiffel Tower.";
        Prompt prompt = Prompt.captionWithNounPhrases(caption);
        assertThat(prompt.phrases())
                .extracting(Phrase::text)
                .contains("A man", "a blue shirt", "two small dogs", "the Eiffel Tower");
        prompt.phrases().forEach(p -> assertThat(p.span().in(caption)).isEqualTo(p.text()));
        assertThat(Prompt.captionWithNounPhrases("a man holding a dog").phrases())
                .containsExactly(new Phrase("a man", new Span(0, 5)), new Phrase("a dog", new Span(14, 19)));
        assertThat(Prompt.captionWithNounPhrases(" quickly! ").phrases())
                .containsExactly(new Phrase("quickly!", new Span(1, 9)));
    }

    @Test
    void takesAWholeSentence() {
        assertThat(Prompt.sentence(" the dog that runs\n").phrases())
                .containsExactly(new Phrase("the dog that runs", new Span(1, 18)));
    }

    @Test
    void refusesEmptyPrompts() {
        assertBad(() -> Prompt.classes(List.of()), "no phrase");
        assertBad(() -> Prompt.classes(List.of("dog", " ")), "a blank one at place 2 of 2");
        assertBad(() -> Prompt.classes(List.of("dog", "(x)")), "'(x)'");
        assertBad(() -> Prompt.parse(" . .. "), "class names such as");
        assertBad(() -> Prompt.captionWithNounPhrases(" "), "an empty one");
        assertBad(() -> Prompt.captionWith("", List.of("x")), "an empty one");
        assertBad(() -> Prompt.sentence(""), "an empty one");
        assertBad(() -> Prompt.caption("", List.of()), "an empty one");
        assertBad(() -> Prompt.parse("dog").withNegatives(List.of("")), "class names with words");
        assertBad(() -> Prompt.parse("a. Dog").withNegatives(List.of("dog")), "'dog' in both lists");
    }

    private static void assertBad(ThrowingCallable call, String part) {
        assertThatExceptionOfType(GlipException.class)
                .isThrownBy(call)
                .withMessageContaining("wanted ")
                .withMessageContaining(part)
                .matches(e -> e.code() == ErrorCode.BAD_PROMPT);
    }
}
