package io.glip4j.data.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.GlipException;
import io.glip4j.data.AnsweredQuestion;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.PictureDescription;
import io.glip4j.input.ImageSize;
import io.glip4j.model.AnswerVocabulary;
import io.glip4j.model.Task;
import io.glip4j.text.AnswerNormalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SceneLanguageTest {
    private static final int COUNT = 30;

    private final SceneMaker maker = SceneFixture.maker(SceneSplit.TRAIN, COUNT, 22);

    @Test
    void everySampleAsksSomeOfItsScenesQuestions() {
        SceneLanguage questions = SceneLanguage.questions(maker);
        assertThat(questions.task()).isEqualTo(Task.ANSWER);
        assertThat(questions.size()).isEqualTo(COUNT);
        for (int i = 0; i < COUNT; i++) {
            GroundingSample sample = questions.sample(i);
            Scene scene = maker.scene(i);
            long different = scene.questions().stream()
                    .map(question -> question.question() + question.answer())
                    .distinct()
                    .count();
            assertThat(sample.text().each())
                    .hasSize(Math.toIntExact(Math.min(12, different)))
                    .doesNotHaveDuplicates()
                    .allSatisfy(text -> asksRightly((AnsweredQuestion) text, scene));
            assertThat(questions.pictureSize(i)).isEqualTo(new ImageSize(sample.width(), sample.height()));
            assertThat(questions.sample(i).text()).isEqualTo(sample.text());
        }
    }

    private static void asksRightly(AnsweredQuestion asked, Scene scene) {
        List<String> right = scene.questions().stream()
                .filter(question -> question.question().equals(asked.text()))
                .map(question -> AnswerNormalizer.normalize(question.answer()))
                .toList();
        assertThat(asked.scores()).hasSize(1).allSatisfy((answer, score) -> {
            assertThat(right).contains(answer);
            assertThat(score).isEqualTo(1);
        });
    }

    @Test
    void everySampleSaysItsScenesSentences() {
        SceneLanguage descriptions = SceneLanguage.descriptions(maker);
        assertThat(descriptions.task()).isEqualTo(Task.DESCRIBE);
        for (int i = 0; i < COUNT; i++) {
            assertThat(descriptions.sample(i).text().each())
                    .extracting(text -> ((PictureDescription) text).text())
                    .containsExactlyElementsOf(maker.scene(i).captions().stream()
                            .map(caption -> caption.caption().text())
                            .toList());
        }
    }

    @Test
    void theAnswersToChooseFromAreTheFrequentOnes() {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < COUNT; i++) {
            maker.scene(i)
                    .questions()
                    .forEach(question -> counts.merge(AnswerNormalizer.normalize(question.answer()), 1, Integer::sum));
        }
        AnswerVocabulary answers = SceneLanguage.frequentAnswers(maker, 9);
        assertThat(answers.answers())
                .contains("yes", "no")
                .allSatisfy(answer -> assertThat(counts.get(answer)).isGreaterThanOrEqualTo(9));
        assertThat(answers.size()).isEqualTo((int)
                counts.values().stream().filter(count -> count >= 9).count());
        assertThatThrownBy(() -> SceneLanguage.frequentAnswers(maker, 1_000_000))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("scenes");
    }
}
