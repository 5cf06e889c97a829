package io.glip4j.data.language;

import io.glip4j.text.AnswerNormalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How right answers are by what people answered. With the ten people of VQA v2 an answer scores 0.3, 0.6, 0.9 or 1 where
 * one, two, three or more of them gave it: the official accuracy, averaged over leaving each of them out, which the
 * public code of bottom-up attention (Anderson et al. 2018) and ViLT teach. One person's answer is simply right.
 */
final class AnswerScores {
    /** So many of ten people must give an answer for it to be right. */
    private static final double AGREEING = 10 / 3.0;

    private AnswerScores() {}

    /** Scores in (0, 1] by normalised answer; answers of which nothing is left are left out. */
    static Map<String, Double> of(List<String> given) {
        Map<String, Integer> counts = new HashMap<>();
        for (String answer : given) {
            String normalized = AnswerNormalizer.normalize(answer);
            if (!normalized.isBlank()) {
                counts.merge(normalized, 1, Integer::sum);
            }
        }
        double full = Math.min(given.size(), AGREEING);
        Map<String, Double> scores = new HashMap<>();
        counts.forEach((answer, count) -> scores.put(answer, Math.min(1, count / full)));
        return scores;
    }
}
