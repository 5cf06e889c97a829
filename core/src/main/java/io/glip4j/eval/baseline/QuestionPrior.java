package io.glip4j.eval.baseline;

import io.glip4j.data.AnsweredQuestion;
import io.glip4j.data.GroundingDataset;
import io.glip4j.eval.run.EvaluatedModel;
import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.model.Task;
import io.glip4j.output.Answer;
import io.glip4j.output.Answers;
import io.glip4j.output.Grounding;
import io.glip4j.text.PythonText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Answers a question without the picture, by the answers that it had elsewhere (the prior baseline of Antol et al., VQA,
 * 2015, by question): those to the same words, smoothed by those to questions with the same first two words, smoothed by
 * all.
 */
public final class QuestionPrior implements EvaluatedModel {
    private static final int OPENING = 2;
    /** Questions that the answers to less similar ones count for. */
    private static final double SMOOTHING = 1;

    private final Map<String, Map<String, Double>> counts = new HashMap<>(); // of answers, by words; "" has all

    private QuestionPrior() {}

    /**
     * Learns from answered questions.
     *
     * @throws io.glip4j.GlipException if the data set has other samples than questions
     */
    public static QuestionPrior of(GroundingDataset questions) {
        SeenTexts.require(questions, Task.ANSWER);
        QuestionPrior prior = new QuestionPrior();
        for (int i = 0; i < questions.size(); i++) {
            AnsweredQuestion question = (AnsweredQuestion) questions.sample(i).text();
            for (String words : widening(question.text())) {
                Map<String, Double> row = prior.counts.computeIfAbsent(words, first -> new HashMap<>());
                question.scores().forEach((answer, score) -> row.merge(answer, score, Double::sum));
            }
        }
        return prior;
    }

    /** All questions, those with the same opening, those with the same words. */
    private static List<String> widening(String question) {
        List<String> words = PythonText.words(question.toLowerCase(Locale.ROOT));
        return List.of(
                "",
                String.join(" ", words.subList(0, Math.min(OPENING, words.size()))) + " ...",
                String.join(" ", words));
    }

    @Override
    public Answers answer(Picture picture, String question) {
        Map<String, Double> shares = new HashMap<>();
        for (String words : widening(question)) {
            Map<String, Double> row = counts.getOrDefault(words, Map.of());
            double all = SMOOTHING
                    + row.values().stream().mapToDouble(count -> count).sum();
            shares.replaceAll((answer, share) -> share * SMOOTHING / all);
            row.forEach((answer, count) -> shares.merge(answer, count / all, Double::sum));
        }
        List<Answer> answers = new ArrayList<>();
        shares.forEach((answer, share) -> answers.add(new Answer(answer, share)));
        answers.sort(Comparator.comparingDouble(Answer::probability).reversed().thenComparing(Answer::text));
        return new Answers(question, answers, new Grounding(picture.width(), picture.height(), List.of()));
    }

    @Override
    public Grounding ground(Picture picture, Prompt prompt) {
        throw new UnsupportedOperationException("answers questions alone");
    }
}
