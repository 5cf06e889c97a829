package io.glip4j.data;

import io.glip4j.model.Task;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A question about a picture.
 *
 * @param scores how right answers are, (0, 1], by their normalised text; others are wrong
 */
public record AnsweredQuestion(String text, Map<String, Double> scores) implements SampleText {
    public AnsweredQuestion {
        scores = Map.copyOf(scores);
        scores.forEach((answer, score) -> {
            if (!(score > 0 && score <= 1)) {
                throw new IllegalArgumentException("wanted scores in (0, 1], got " + score + " for '" + answer + "'");
            }
        });
    }

    /** A question with one right answer. */
    public static AnsweredQuestion of(String question, String answer) {
        return new AnsweredQuestion(question, Map.of(answer, 1.0));
    }

    @Override
    public int boxes() {
        return 0;
    }

    @Override
    public AnsweredQuestion only(List<Integer> kept) {
        return this;
    }

    @Override
    public String described() {
        return text + " " + new TreeMap<>(scores);
    }

    @Override
    public Task task() {
        return Task.ANSWER;
    }
}
