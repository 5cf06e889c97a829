package io.glip4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.input.Span;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptMakerTest {
    private static final List<String> VOCABULARY = IntStream.range(0, 100)
            .mapToObj(i -> i % 2 == 0 ? "thing " + i : "\uD83D\uDC31 " + i)
            .toList();

    private static int words(String name) {
        return name.split(" ").length;
    }

    private static PromptMaker maker(int most, double full, int maxTokens) {
        return new PromptMaker(new NegativeSampling(most, full), PromptMakerTest::words, maxTokens);
    }

    @Test
    void namesEveryPresentClassWhereItsSpanSays() {
        ClassNames names = new ClassNames(VOCABULARY, List.of(3, 8, 3, 41));
        for (int seed = 0; seed < 20; seed++) {
            Caption prompt = maker(85, 0.5, 1_000)
                    .make(names, new SplittableRandom(seed))
                    .caption();
            for (int box = 0; box < names.labels().size(); box++) {
                Span span = prompt.phrases().get(box).get(0);
                assertThat(span.in(prompt.text()))
                        .isEqualTo(VOCABULARY.get(names.labels().get(box)));
            }
            List<String> classes = Arrays.asList(prompt.text().split("\\. "));
            assertThat(classes).doesNotHaveDuplicates().allMatch(VOCABULARY::contains);
            assertThat(classes.size()).isBetween(4, 3 + 85);
        }
    }

    @Test
    void variesOrderAndNumberOfNegatives() {
        ClassNames names = new ClassNames(VOCABULARY, List.of(3));
        Set<Integer> counts = new HashSet<>();
        Set<Integer> places = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            List<String> classes = Arrays.asList(maker(9, 0.25, 1_000)
                    .make(names, new SplittableRandom(seed))
                    .caption()
                    .text()
                    .split("\\. "));
            counts.add(classes.size() - 1);
            places.add(classes.indexOf(VOCABULARY.get(3)));
        }
        assertThat(counts).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(places).hasSize(10);
    }

    @Test
    void leavesNegativesOutBeforePositives() {
        ClassNames names =
                new ClassNames(VOCABULARY, IntStream.range(0, 20).boxed().toList());
        Caption prompt = maker(85, 1, 2 + 20 * 3 + 5)
                .make(names, new SplittableRandom(1))
                .caption();
        assertThat(prompt.phrases()).noneMatch(List::isEmpty);
        assertThat(prompt.text().split("\\. ")).hasSize(21 + 1);

        Caption crowded =
                maker(85, 1, 2 + 10 * 3).make(names, new SplittableRandom(1)).caption();
        assertThat(crowded.phrases().stream().filter(List::isEmpty)).hasSize(10);
    }

    @Test
    void mayNameNoNegatives() {
        assertThat(maker(0, 0.5, 100)
                        .make(new ClassNames(VOCABULARY, List.of(7, 7)), new SplittableRandom(1))
                        .caption())
                .isEqualTo(new Caption(VOCABULARY.get(7), List.of(List.of(new Span(0, 3)), List.of(new Span(0, 3)))));
    }
}
