package io.glip4j.train.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.GlipException;
import io.glip4j.data.OtherWords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClassWordsTest {
    private static final List<String> CLASSES = List.of("dog", "cat", "car");
    private static final OtherWords MORE =
            new OtherWords(Map.of("dog", List.of("puppy", "animal"), "cat", List.of("kitten", "animal")));

    @Test
    void aWordMayNameSeveralClasses() {
        ClassWords words = ClassWords.of(CLASSES, MORE, List.of("lamp"));
        assertThat(words.named("animal")).isEqualTo(Set.of(0, 1));
        assertThat(words.named("puppy")).isEqualTo(Set.of(0));
        assertThat(words.named("car")).isEqualTo(Set.of(2));
        assertThat(words.named("lamp")).isEmpty();
        assertThat(words.byLabel())
                .isEqualTo(List.of(List.of("animal", "puppy"), List.of("animal", "kitten"), List.of()));
    }

    @Test
    void everyClassIsDrawnAsOftenAsEveryOther() {
        ClassWords words = ClassWords.of(CLASSES, MORE, List.of("lamp"));
        SplittableRandom random = new SplittableRandom(3);
        Map<String, Integer> drawn = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            drawn.merge(words.draw(words.byLabel(), random), 1, Integer::sum);
        }
        assertThat(drawn.get("lamp")).as("35 %").isBetween(950, 1_150);
        assertThat(drawn.get("car")).as("a third of the rest, always by name").isBetween(580, 720);
        assertThat(drawn.getOrDefault("dog", 0) + drawn.getOrDefault("puppy", 0))
                .isBetween(380, 560);
    }

    @Test
    void contradictionsAreRefused() {
        assertThatThrownBy(() -> ClassWords.of(CLASSES, MORE, List.of("puppy")))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("'puppy', which names [dog]");
        assertThatThrownBy(() -> ClassWords.of(CLASSES, new OtherWords(Map.of("cow", List.of("ox"))), List.of("lamp")))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("'cow'");
        assertThatThrownBy(() -> ClassWords.of(CLASSES, MORE, List.of()))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("words that name none");
    }
}
