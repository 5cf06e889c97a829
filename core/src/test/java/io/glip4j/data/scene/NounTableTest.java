package io.glip4j.data.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NounTableTest {
    private static final List<Noun> NOUNS = NounTable.read();

    @Test
    void eachNameAndEachIconIsThereOnce() {
        assertThat(NOUNS).hasSizeGreaterThan(600);
        assertThat(NOUNS.stream().map(Noun::name)).doesNotHaveDuplicates();
        List<String> icons = new ArrayList<>();
        for (Noun noun : NOUNS) {
            for (Noun.IconCode icon : noun.icons()) {
                assertThat(icon.code()).matches("[0-9a-f]{4,5}(-[0-9a-f]{4,5})*");
                if (icon.styles().isEmpty()) {
                    icons.add(icon.code());
                }
                icon.styles().forEach(style -> icons.add(icon.code() + style));
            }
        }
        assertThat(icons).doesNotHaveDuplicates();
    }

    @Test
    void wordsAreWordsAndNotSaidTwice() {
        for (Noun noun : NOUNS) {
            assertThat(noun.words())
                    .as(noun.name())
                    .doesNotHaveDuplicates()
                    .allMatch(word -> word.matches("[A-Za-z][A-Za-z' -]*"));
            assertThat(noun.doubtful())
                    .as(noun.name())
                    .doesNotContainAnyElementsOf(noun.words().toList());
        }
    }

    @Test
    void anotherWordForAThingIsNotTheNameOfSomethingElse() {
        Set<String> names = new HashSet<>();
        NOUNS.forEach(noun -> names.add(noun.name()));
        for (Noun noun : NOUNS) {
            assertThat(noun.others()).as(noun.name()).doesNotContainAnyElementsOf(names);
        }
    }
}
