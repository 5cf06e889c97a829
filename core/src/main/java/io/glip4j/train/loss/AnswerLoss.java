package io.glip4j.train.loss;

import io.glip4j.data.AnsweredQuestion;
import io.glip4j.model.AnswerVocabulary;
import io.glip4j.torch.Tensors;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Answers as soft multi-label classification (Teney et al., Tips and Tricks for VQA, 2017; GLIPv2): binary cross-entropy
 * of every answer's own logit, summed over answers and averaged over questions, as the public code of bottom-up
 * attention, ViLT and METER does.
 */
public final class AnswerLoss {
    private AnswerLoss() {}

    /**
     * A scalar.
     *
     * @param logits (N, A)
     * @param targets (N, A), 0..1
     */
    public static Tensor of(Tensor logits, Tensor targets) {
        return Tensors.times(torch.binary_cross_entropy_with_logits(logits, targets), (double) logits.size(1));
    }

    /** How right each answer of the vocabulary is, (N, A); answers outside of it are not learned. */
    public static Tensor targets(List<AnsweredQuestion> questions, AnswerVocabulary vocabulary) {
        Map<String, Integer> rows = vocabulary.rows();
        float[] targets = new float[questions.size() * vocabulary.size()];
        for (int n = 0; n < questions.size(); n++) {
            int first = n * vocabulary.size();
            questions.get(n).scores().forEach((answer, score) -> {
                Integer row = rows.get(answer);
                if (row != null) {
                    targets[first + row] = score.floatValue();
                }
            });
        }
        return Tensors.of(targets, questions.size(), vocabulary.size());
    }
}
