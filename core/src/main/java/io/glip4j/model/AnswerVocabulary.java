package io.glip4j.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers that a network chooses from, in the order of its answer head's rows; none where it answers no questions.
 *
 * @param answers distinct, in the form in which VQA v2 compares them
 */
public record AnswerVocabulary(@JsonValue List<String> answers) {
    public static final AnswerVocabulary NONE = new AnswerVocabulary(List.of());

    /** More than any published list, and few enough for a head. */
    private static final int MOST = 100_000;

    private static final int LONGEST = 200;

    @JsonCreator
    public AnswerVocabulary {
        answers = List.copyOf(answers);
        Check.that(answers.size() <= MOST, "at most " + MOST + " answers", answers.size());
        HashSet<String> seen = new HashSet<>();
        for (String answer : answers) {
            Check.that(
                    !answer.isBlank() && answer.length() <= LONGEST,
                    "answers of 1 to " + LONGEST + " characters",
                    "'" + answer + "'");
            Check.that(seen.add(answer), "each answer once", "'" + answer + "' twice");
        }
    }

    public int size() {
        return answers.size();
    }

    /** The row of each answer. */
    public Map<String, Integer> rows() {
        Map<String, Integer> rows = new LinkedHashMap<>();
        answers.forEach(answer -> rows.put(answer, rows.size()));
        return rows;
    }

    /** A list of thousands is of no use in a message. */
    @Override
    public String toString() {
        return size() + " answers";
    }
}
