package io.glip4j.eval.caption;

import io.glip4j.text.PythonText;
import java.util.ArrayList;
import java.util.List;

/**
 * ROUGE-L (Lin, 2004) by longest common subsequence, beta 1.2: the best precision and the best recall over references,
 * which may be of different references. Words are split at single blanks, so an empty caption is one empty word.
 */
public final class RougeL {
    private static final double BETA_SQUARED = 1.2 * 1.2;

    private RougeL() {}

    /** The corpus number is the mean. */
    public static MetricScores score(List<Caption> captions) {
        return MetricScores.mean(captions.stream().map(RougeL::score).toList());
    }

    private static double score(Caption caption) {
        List<String> result = new ArrayList<>(PythonText.split(caption.result(), ' '));
        double precision = 0;
        double recall = 0;
        for (String text : caption.references()) {
            List<String> reference = new ArrayList<>(PythonText.split(text, ' '));
            double common = common(result, reference);
            precision = Math.max(precision, common / result.size());
            recall = Math.max(recall, common / reference.size());
        }
        return precision == 0 || recall == 0
                ? 0
                : (1 + BETA_SQUARED) * precision * recall / (recall + BETA_SQUARED * precision);
    }

    private static int common(List<String> a, List<String> b) {
        int[] above = new int[b.size() + 1];
        for (String word : a) {
            int[] row = new int[b.size() + 1];
            for (int j = 1; j <= b.size(); j++) {
                row[j] = word.equals(b.get(j - 1)) ? above[j - 1] + 1 : Math.max(above[j], row[j - 1]);
            }
            above = row;
        }
        return above[b.size()];
    }
}
