package io.glip4j.eval.caption;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * CIDEr (Vedantam et al., 2015) as pycocoevalcap computes it: rare words weigh more (by the references of this set),
 * counts are clipped by the reference's and a difference in length, counted in bigrams, is punished; times 10.
 */
public final class Cider {
    private static final double SIGMA = 6;
    private static final double SCALE = 10;
    private static final int BIGRAM = 2;

    private final Map<List<String>, Integer> documents = new HashMap<>();
    private final double logCaptions;

    private Cider(List<Caption> captions) {
        logCaptions = Math.log(captions.size());
        for (Caption caption : captions) {
            Set<List<String>> seen = new HashSet<>();
            caption.references()
                    .forEach(text -> seen.addAll(Ngrams.of(text).counts().keySet()));
            seen.forEach(ngram -> documents.merge(ngram, 1, Integer::sum));
        }
    }

    /** The corpus number is the mean. */
    public static MetricScores score(List<Caption> captions) {
        Cider cider = new Cider(captions);
        return MetricScores.mean(captions.stream().map(cider::score).toList());
    }

    private double score(Caption caption) {
        Weights result = new Weights(Ngrams.of(caption.result()));
        double[] sums = new double[Ngrams.LONGEST];
        for (String text : caption.references()) {
            Weights reference = new Weights(Ngrams.of(text));
            double[] similarity = result.similarity(reference);
            for (int n = 0; n < sums.length; n++) {
                sums[n] += similarity[n];
            }
        }
        double mean = 0;
        for (double sum : sums) {
            mean += sum;
        }
        return mean / sums.length / caption.references().size() * SCALE;
    }

    /** The weights of a caption's n-grams, apart for each n. */
    private final class Weights {
        private final List<Map<List<String>, Double>> weights = new ArrayList<>();
        private final double[] norm = new double[Ngrams.LONGEST];
        private int length;

        Weights(Ngrams ngrams) {
            for (int n = 0; n < Ngrams.LONGEST; n++) {
                weights.add(new HashMap<>());
            }
            ngrams.counts().forEach((ngram, count) -> {
                double rarity = logCaptions - Math.log(Math.max(1, documents.getOrDefault(ngram, 0)));
                double weight = count * rarity;
                weights.get(ngram.size() - 1).put(ngram, weight);
                norm[ngram.size() - 1] += weight * weight;
                length += ngram.size() == BIGRAM ? count : 0;
            });
            for (int n = 0; n < norm.length; n++) {
                norm[n] = Math.sqrt(norm[n]);
            }
        }

        double[] similarity(Weights reference) {
            double[] similarity = new double[Ngrams.LONGEST];
            double difference = length - reference.length;
            double penalty = Math.exp(-(difference * difference) / (2 * SIGMA * SIGMA));
            for (int n = 0; n < similarity.length; n++) {
                for (Map.Entry<List<String>, Double> entry : weights.get(n).entrySet()) {
                    double other = reference.weights.get(n).getOrDefault(entry.getKey(), 0.0);
                    similarity[n] += Math.min(entry.getValue(), other) * other;
                }
                if (norm[n] != 0 && reference.norm[n] != 0) {
                    similarity[n] /= norm[n] * reference.norm[n];
                }
                similarity[n] *= penalty;
            }
            return similarity;
        }
    }
}
