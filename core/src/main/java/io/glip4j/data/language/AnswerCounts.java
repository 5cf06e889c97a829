package io.glip4j.data.language;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.AnswerVocabulary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many questions an answer stands for. */
public final class AnswerCounts {
    /** Answers that stand for fewer questions are left out of the published lists (Anderson et al. 2018). */
    public static final int PUBLISHED_LEAST = 9;

    private final Map<String, Integer> counts = new HashMap<>();

    /** Counts the answer to one question, normalised; one of which nothing is left is passed over. */
    public void add(String answer) {
        if (!answer.isBlank()) {
            counts.merge(answer, 1, Integer::sum);
        }
    }

    /**
     * The frequent answers, the most frequent first: what a network may choose from.
     *
     * @param leastQuestions an answer must stand for so many
     * @param source of the questions, for messages
     * @throws GlipException {@code BAD_ARGUMENT} if none does
     */
    public AnswerVocabulary frequent(int leastQuestions, String source) {
        List<String> frequent = counts.entrySet().stream()
                .filter(answer -> answer.getValue() >= leastQuestions)
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        if (frequent.isEmpty()) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    source + ": wanted answers that stand for at least " + leastQuestions
                            + " questions each, got none; ask for fewer");
        }
        return new AnswerVocabulary(frequent);
    }
}
