package io.glip4j.eval.vqa;

import java.util.List;

/**
 * What became of one question.
 *
 * @param normalized whether the annotators disagreed, so that answers were normalised before comparing
 * @param answer the answer as it was compared
 * @param truth the annotators' answers as they were compared
 * @param accuracy 0 to 1
 */
public record VqaQuestion(
        long id,
        String questionType,
        String answerType,
        boolean normalized,
        String answer,
        List<String> truth,
        double accuracy) {
    public VqaQuestion {
        truth = List.copyOf(truth);
    }
}
