package io.glip4j.eval.vqa;

import io.glip4j.text.PythonText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The scores of all questions, in the annotations' order, and their means in percent. */
public record VqaScores(List<VqaQuestion> questions) {
    private static final int DIGITS = 2;
    private static final double PERCENT = 100;

    public VqaScores {
        questions = List.copyOf(questions);
    }

    /**
     * A mean accuracy.
     *
     * @param percent 0 to 100
     */
    public record Accuracy(int questions, double percent) {
        /** Rounded to two decimals, as it is quoted. */
        public double rounded() {
            return PythonText.round(percent, DIGITS);
        }
    }

    public Accuracy overall() {
        return mean(questions);
    }

    /** By answer type (yes/no, number, other), sorted by name. */
    public Map<String, Accuracy> perAnswerType() {
        return grouped(VqaQuestion::answerType);
    }

    public Map<String, Accuracy> perQuestionType() {
        return grouped(VqaQuestion::questionType);
    }

    private Map<String, Accuracy> grouped(Function<VqaQuestion, String> type) {
        Map<String, Accuracy> table = new TreeMap<>();
        questions.stream()
                .collect(Collectors.groupingBy(type))
                .forEach((name, members) -> table.put(name, mean(members)));
        return table;
    }

    private static Accuracy mean(List<VqaQuestion> members) {
        double sum = 0;
        for (VqaQuestion question : members) {
            sum += question.accuracy();
        }
        return new Accuracy(members.size(), members.isEmpty() ? 0 : PERCENT * sum / members.size());
    }
}
