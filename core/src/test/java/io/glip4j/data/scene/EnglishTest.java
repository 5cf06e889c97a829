package io.glip4j.data.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnglishTest {
    @ParameterizedTest
    @CsvSource({
        "car,cars",
        "box,boxes",
        "dish,dishes",
        "berry,berries",
        "monkey,monkeys",
        "mouse,mice",
        "computer mouse,computer mice",
        "loaf of bread,loaves of bread",
        "slice of pizza,slices of pizza",
        "snowman,snowmen",
        "human,humans",
        "person,people",
        "jellyfish,jellyfish",
        "sheep,sheep",
        "walrus,walruses",
        "knife,knives",
        "flip-flop,flip-flops",
        "dice,dice",
        "foot,feet",
        "potato,potatoes",
        "yo-yo,yo-yos",
        "jack-o-lantern,jack-o-lanterns"
    })
    void plurals(String one, String many) {
        assertThat(English.plural(one)).isEqualTo(many);
    }

    @ParameterizedTest
    @CsvSource({
        "car,a car",
        "apple,an apple",
        "unicorn,a unicorn",
        "UFO,a UFO",
        "hourglass,an hourglass",
        "umbrella,an umbrella",
        "ID card,an ID card",
        "orange car,an orange car",
        "euro,a euro",
        "house,a house"
    })
    void articles(String phrase, String withArticle) {
        assertThat(English.article(phrase)).isEqualTo(withArticle);
    }

    @Test
    void whatComesInPairsIsCountedInPairs() {
        Noun scissors = new Noun("scissors", true, true, List.of(), List.of("tool"), List.of(), List.of());
        assertThat(NounPhrase.of(scissors, "scissors", "red").indefinite()).isEqualTo("a pair of red scissors");
        assertThat(NounPhrase.of(scissors, "scissors", "").counted(2)).isEqualTo("two pairs of scissors");
        assertThat(NounPhrase.of(scissors, "scissors", "red").definite()).isEqualTo("the red scissors");
        assertThat(NounPhrase.of(scissors, "tool", "").counted(3)).isEqualTo("three tools");
        assertThat(Set.of(English.number(0), English.number(10), English.number(11)))
                .containsExactlyInAnyOrder("no", "ten", "11");
    }
}
