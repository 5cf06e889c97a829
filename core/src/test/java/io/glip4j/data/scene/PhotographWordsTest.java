package io.glip4j.data.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.data.ClassNames;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.Seeds;
import io.glip4j.geometry.BoxXyxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said of photographs follows from their boxes. */
final class PhotographWordsTest {
    private static final int DRAWS = 40;
    private static final List<String> VOCABULARY = List.of("dog", "sports ball", "person", "car", "pizza");
    private static final BoxXyxy LEFT = new BoxXyxy(10, 200, 109, 299);
    private static final BoxXyxy MIDDLE = new BoxXyxy(270, 190, 369, 289);
    private static final BoxXyxy RIGHT = new BoxXyxy(560, 210, 629, 289);

    private static List<PhotographWords.Words> said(List<BoxXyxy> boxes, ClassNames names) {
        GroundingSample sample = new GroundingSample(
                "photographs",
                size -> {
                    throw new AssertionError("nobody looks at the picture");
                },
                640,
                480,
                boxes,
                names);
        PhotographWords words = new PhotographWords();
        return IntStream.range(0, DRAWS)
                .mapToObj(seed -> words.of(sample, Seeds.random(seed)))
                .toList();
    }

    private static Set<String> answers(List<PhotographWords.Words> said, String question) {
        return said.stream()
                .flatMap(words -> words.questions().stream())
                .filter(asked -> asked.question().equals(question))
                .map(Question::answer)
                .collect(Collectors.toSet());
    }

    private static final List<PhotographWords.Words> TWO_DOGS_AND_A_BALL =
            said(List.of(LEFT, MIDDLE, RIGHT), new ClassNames(VOCABULARY, List.of(0, 0, 1)));

    @Test
    void questionsAreAnsweredByTheBoxes() {
        assertThat(answers(TWO_DOGS_AND_A_BALL, "How many dogs are there?")).containsExactly("2");
        assertThat(answers(TWO_DOGS_AND_A_BALL, "How many sports balls are there?"))
                .containsExactly("1");
        assertThat(answers(TWO_DOGS_AND_A_BALL, "Is there a dog?")).containsExactly("yes");
        assertThat(answers(TWO_DOGS_AND_A_BALL, "Is there a pizza?")).containsExactly("no");
        assertThat(answers(TWO_DOGS_AND_A_BALL, "Where is the sports ball?")).containsExactly("right");
        assertThat(answers(TWO_DOGS_AND_A_BALL, "What is left of the sports ball?"))
                .isEmpty(); // one dog or the other
    }

    @Test
    void sentencesCountWhatIsThereAndSayNoColour() {
        List<String> sentences = TWO_DOGS_AND_A_BALL.stream()
                .flatMap(words -> words.captions().stream())
                .map(description -> description.caption().text())
                .toList();
        assertThat(sentences).hasSizeGreaterThan(DRAWS);
        assertThat(sentences).anyMatch(text -> text.contains("two dogs"));
        assertThat(sentences).noneMatch(text -> text.contains("a dog"));
        String colours = ColourName.ALL.stream().map(ColourName::toString).collect(Collectors.joining("|"));
        assertThat(sentences).noneMatch(text -> text.matches(".*\\b(" + colours + ")\\b.*"));
    }

    @Test
    void nothingIsCountedWhereSomeClassesAreNotKnown() {
        ClassNames unsure = new ClassNames(VOCABULARY, List.of(0), List.of(1, 2));
        List<PhotographWords.Words> said = said(List.of(LEFT), unsure);
        assertThat(said)
                .allSatisfy(words -> assertThat(words.questions())
                        .isNotEmpty()
                        .noneMatch(question -> question.kind() == Question.Kind.NUMBER));
        assertThat(answers(said, "Is there a car?")).isEmpty();
        assertThat(answers(said, "Is there a person?")).containsExactly("no");
    }

    @Test
    void nothingIsDeniedWhereEveryClassIsThere() {
        List<PhotographWords.Words> said = said(List.of(MIDDLE), new ClassNames(List.of("dog"), List.of(0)));
        assertThat(answers(said, "Is there a dog?")).containsExactly("yes");
        assertThat(said.stream().flatMap(words -> words.questions().stream()).map(Question::answer))
                .doesNotContain("no");
    }

    @Test
    void aCrowdIsNotDescribed() {
        List<BoxXyxy> crowd = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            crowd.add(new BoxXyxy(60 * i, 100, 60 * i + 40, 200));
        }
        List<PhotographWords.Words> said =
                said(crowd, new ClassNames(VOCABULARY, Collections.nCopies(crowd.size(), 2)));
        assertThat(said).allSatisfy(words -> assertThat(words.captions()).isEmpty());
        assertThat(answers(said, "How many people are there?")).containsExactly("9");
    }
}
