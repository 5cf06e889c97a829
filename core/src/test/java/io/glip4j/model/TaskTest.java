package io.glip4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.GlipConfig.Head;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskTest {
    private static final AnswerVocabulary ANSWERS = new AnswerVocabulary(List.of("yes", "no"));

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "large", "nano"})
    void everyPresetMayCarryEveryTask(String name) {
        GlipConfig preset = GlipConfig.preset(name);
        assertThat(preset.tasks()).containsExactly(Task.GROUND);
        GlipConfig all = preset.withAlso(Set.of(Head.MASK, Head.NEXT_WORD)).withAnswers(ANSWERS);
        assertThat(all.tasks()).containsExactlyInAnyOrder(Task.values());
        assertThat(all.withDetectionsPerImage(7).tasks()).isEqualTo(all.tasks());
        assertThat(all.withDetectionsPerImage(7).answers()).isEqualTo(ANSWERS);
        assertThatCode(() -> all.require(Task.DESCRIBE)).doesNotThrowAnyException();
    }

    @Test
    void aMissingTaskIsRefusedWithThoseThereAre() {
        GlipConfig config = GlipConfig.preset("nano").withAlso(Set.of(Head.NEXT_WORD, Head.MASKED_WORDS));
        assertThatThrownBy(() -> config.require(Task.ANSWER))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MISSING_TASK))
                .hasMessageContaining("wanted a model with the task ANSWER")
                .hasMessageContaining("'nano' with [GROUND, DESCRIBE]");
    }

    @Test
    void theHeadForAnswersComesWithItsList() {
        assertThatThrownBy(() -> GlipConfig.preset("nano").withAlso(Set.of(Head.ANSWERS)))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("a list of answers with the head ANSWERS");
        assertThat(ANSWERS).hasToString("2 answers");
        assertThat(ANSWERS.rows()).containsEntry("no", 1);
    }
}
