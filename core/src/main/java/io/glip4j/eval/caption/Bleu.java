package io.glip4j.eval.caption;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU-1 to BLEU-4 (Papineni et al., 2002) against the reference of closest length, the shorter of two as close. Two
 * tiny numbers are added to every count as the official code does, so that nothing is ever quite 0 or 1.
 */
public final class Bleu {
    private static final double TINY = 1e-15;
    private static final double SMALL = 1e-9;

    private Bleu() {}

    /** Counts of a caption, or their sums. */
    private static final class Counts {
        private final long[] guessed = new long[Ngrams.LONGEST];
        private final long[] right = new long[Ngrams.LONGEST];
        private long length;
        private long referenceLength;

        void add(Counts other) {
            for (int n = 0; n < Ngrams.LONGEST; n++) {
                guessed[n] += other.guessed[n];
                right[n] += other.right[n];
            }
            length += other.length;
            referenceLength += other.referenceLength;
        }

        double[] scores() {
            double[] scores = new double[Ngrams.LONGEST];
            double product = 1;
            double ratio = (length + TINY) / (referenceLength + SMALL);
            for (int n = 0; n < Ngrams.LONGEST; n++) {
                product *= (right[n] + TINY) / (guessed[n] + SMALL);
                scores[n] = Math.pow(product, 1.0 / (n + 1)) * (ratio < 1 ? Math.exp(1 - 1 / ratio) : 1);
            }
            return scores;
        }
    }

    /** BLEU-1, ... BLEU-4; the corpus numbers come from summed counts. */
    public static List<MetricScores> score(List<Caption> captions) {
        Counts sum = new Counts();
        List<double[]> each = new ArrayList<>();
        for (Caption caption : captions) {
            Counts counts = counts(caption);
            sum.add(counts);
            each.add(counts.scores());
        }
        double[] corpus = sum.scores();
        List<MetricScores> scores = new ArrayList<>();
        for (int n = 0; n < Ngrams.LONGEST; n++) {
            int order = n;
            scores.add(new MetricScores(
                    corpus[n], each.stream().map(row -> row[order]).toList()));
        }
        return scores;
    }

    private static Counts counts(Caption caption) {
        Ngrams result = Ngrams.of(caption.result());
        Map<List<String>, Integer> most = new HashMap<>();
        Counts counts = new Counts();
        counts.length = result.words();
        long closest = Long.MAX_VALUE;
        for (String text : caption.references()) {
            Ngrams reference = Ngrams.of(text);
            long distance = Math.abs((long) reference.words() - result.words());
            if (distance < closest || (distance == closest && reference.words() < counts.referenceLength)) {
                closest = distance;
                counts.referenceLength = reference.words();
            }
            reference.counts().forEach((ngram, count) -> most.merge(ngram, count, Math::max));
        }
        result.counts()
                .forEach((ngram, count) ->
                        counts.right[ngram.size() - 1] += Math.min(count, most.getOrDefault(ngram, 0)));
        for (int n = 0; n < Ngrams.LONGEST; n++) {
            counts.guessed[n] = Math.max(0, result.words() - n);
        }
        return counts;
    }
}
