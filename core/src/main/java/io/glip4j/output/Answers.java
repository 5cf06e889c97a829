package io.glip4j.output;

import java.util.List;

/**
 * What a network says to a question about a picture.
 *
 * @param answers all it knows, the most probable first
 * @param grounding where the things are that the question names
 */
public record Answers(String question, List<Answer> answers, Grounding grounding) {
    public Answers {
        answers = List.copyOf(answers);
    }

    /** The most probable answer. */
    public Answer best() {
        return answers.get(0);
    }
}
