package io.glip4j.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.data.AnsweredQuestion;
import io.glip4j.model.AnswerVocabulary;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class AnswerLossTest {
    private static final AnswerVocabulary ANSWERS = new AnswerVocabulary(List.of("yes", "no", "2"));
    private static final List<AnsweredQuestion> QUESTIONS = List.of(
            new AnsweredQuestion("is it?", Map.of("yes", 1.0, "no", 0.3, "perhaps", 0.6)),
            AnsweredQuestion.of("how many?", "17"));

    @Test
    void targetsAreTheScoresOfTheAnswersThatAreKnown() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            assertThat(Tensors.toFloats(AnswerLoss.targets(QUESTIONS, ANSWERS))).containsExactly(1, 0.3f, 0, 0, 0, 0);
        }
    }

    @Test
    void sumsOverAnswersAndAveragesOverQuestions() {
        double[] logits = {1.5, -0.5, 0.25, -2, 0, 3};
        double[] targets = {1, 0.3, 0, 0, 0, 0};
        double expected = 0;
        for (int i = 0; i < logits.length; i++) {
            double yes = 1 / (1 + Math.exp(-logits[i]));
            expected -= targets[i] * Math.log(yes) + (1 - targets[i]) * Math.log(1 - yes);
        }
        expected /= 2;
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor given = Tensors.of(new float[] {1.5f, -0.5f, 0.25f, -2, 0, 3}, 2, 3);
            Tensor loss = AnswerLoss.of(given, AnswerLoss.targets(QUESTIONS, ANSWERS));
            assertThat((double) Tensors.toFloats(loss)[0]).isEqualTo(expected, within(1e-5));
        }
    }
}
