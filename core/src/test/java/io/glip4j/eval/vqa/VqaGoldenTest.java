package io.glip4j.eval.vqa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.Goldens;
import io.glip4j.eval.JsonClose;
import io.glip4j.eval.vqa.VqaScores.Accuracy;
import io.glip4j.text.AnswerNormalizer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** VQA v2 accuracy and normalisation as the official evaluation gives them. */
class VqaGoldenTest {
    private static final double TOLERANCE = 1e-9;

    @Test
    void accuracies() {
        for (Path folder : Goldens.folders("metrics/vqa")) {
            VqaScores scores =
                    VqaEvaluation.evaluate(folder.resolve("annotations.json"), folder.resolve("results.json"));
            JsonNode expected = JsonClose.read(folder.resolve("expected.json"));
            assertThat(scores.overall().rounded())
                    .isEqualTo(expected.get("overall").asDouble());
            assertThat(scores.overall().percent())
                    .isCloseTo(expected.get("overall_unrounded").asDouble(), within(TOLERANCE));
            check(scores.perAnswerType(), expected.get("per_answer_type"));
            check(scores.perQuestionType(), expected.get("per_question_type"));
            assertThat(scores.questions()).hasSameSizeAs(expected.get("per_question"));
            for (int i = 0; i < scores.questions().size(); i++) {
                VqaQuestion question = scores.questions().get(i);
                JsonNode row = expected.get("per_question").get(i);
                assertThat(question.id()).isEqualTo(row.get("question_id").asLong());
                assertThat(question.normalized())
                        .isEqualTo(row.get("normalised").asBoolean());
                assertThat(question.answer())
                        .isEqualTo(row.get("compared_answer").asText());
                JsonClose.assertClose("answers", question.truth(), row.get("compared_ground_truth"), 0);
                assertThat(question.accuracy()).isCloseTo(row.get("accuracy").asDouble(), within(TOLERANCE));
            }
        }
    }

    private static void check(Map<String, Accuracy> table, JsonNode expected) {
        assertThat(table).hasSameSizeAs(expected);
        expected.properties().forEach(row -> {
            Accuracy accuracy = Objects.requireNonNull(table.get(row.getKey()));
            assertThat(accuracy.questions())
                    .isEqualTo(row.getValue().get("questions").asInt());
            assertThat(accuracy.rounded())
                    .isEqualTo(row.getValue().get("accuracy").asDouble());
            assertThat(accuracy.percent())
                    .isCloseTo(row.getValue().get("accuracy_unrounded").asDouble(), within(TOLERANCE));
        });
    }

    @Test
    void normalization() {
        for (Path folder : Goldens.folders("metrics/vqa")) {
            JsonNode rows = JsonClose.read(folder.resolve("normalization.json"));
            assertThat(rows.size()).isGreaterThan(200);
            for (JsonNode row : rows) {
                String text = row.get("text").asText();
                assertThat(AnswerNormalizer.punctuation(text))
                        .as(text)
                        .isEqualTo(row.get("after_punctuation").asText());
                assertThat(AnswerNormalizer.normalize(text))
                        .as(text)
                        .isEqualTo(row.get("normalised").asText());
            }
        }
    }
}
