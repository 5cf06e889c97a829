package io.glip4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.GlipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherWordsTest {
    private static final ClassNames NAMES = new ClassNames(List.of("dog", "hound", "cat", "red cell"), List.of(0, 2));

    @TempDir
    private Path folder;

    @Test
    void everyOtherPromptHasAnotherWord() throws IOException {
        Path file = Files.writeString(
                folder.resolve("words.json"), "{\"dog\": [\"puppy\", \"hound\"], \"cat\": [\"kitten\"]}");
        OtherWords words = OtherWords.read(file);
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Integer> seen = new HashMap<>();
        for (int draw = 0; draw < 400; draw++) {
            ClassNames drawn = words.drawn(NAMES, random);
            assertThat(drawn.labels()).isEqualTo(NAMES.labels());
            assertThat(new HashSet<>(drawn.vocabulary())).as("no two alike").hasSize(4);
            drawn.vocabulary().forEach(word -> seen.merge(word, 1, Integer::sum));
        }
        assertThat(seen.keySet()).containsExactlyInAnyOrder("dog", "puppy", "hound", "cat", "kitten", "red cell");
        assertThat(seen.get("hound"))
                .as("a class of its own is never the dog's other word")
                .isEqualTo(400);
        assertThat(seen.get("kitten")).isBetween(160, 240);
        assertThat(seen.get("puppy")).isBetween(70, 130);
    }

    @Test
    void withoutWordsNothingIsDrawn() {
        SplittableRandom random = new SplittableRandom(7);
        assertThat(OtherWords.NONE.drawn(NAMES, random)).isSameAs(NAMES);
        assertThat(random.nextLong()).isEqualTo(new SplittableRandom(7).nextLong());
    }

    @Test
    void wordsOfSeveralNamesCanBeLeftOut() {
        OtherWords words = new OtherWords(Map.of(
                "dog", List.of("puppy", "animal"), "cat", List.of("animal", "kitten"), "cow", List.of("animal")));
        assertThat(words.unshared().byName()).isEqualTo(Map.of("dog", List.of("puppy"), "cat", List.of("kitten")));
    }

    @Test
    void badFilesAreRefusedByName() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"dog\": \"puppy\"}");
        assertThatThrownBy(() -> OtherWords.read(broken))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("broken.json");
        Path empty = Files.writeString(folder.resolve("empty.json"), "{\"dog\": []}");
        assertThatThrownBy(() -> OtherWords.read(empty))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("'dog'");
        assertThatThrownBy(() -> OtherWords.read(folder.resolve("none.json"))).isInstanceOf(GlipException.class);
    }
}
