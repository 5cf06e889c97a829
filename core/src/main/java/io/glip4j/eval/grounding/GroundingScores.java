package io.glip4j.eval.grounding;

import io.glip4j.data.flickr.EntityPhrase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well each phrase was found.
 *
 * @param sentences sentences with boxed phrases
 * @param ignoredPredictions predictions with boxes that no sentence wanted, or not any more
 * @param phrases by picture id, then sentence, then place in the sentence
 */
public record GroundingScores(int sentences, int ignoredPredictions, List<Phrase> phrases) {
    /** Takes the place of k where all boxes of a phrase count. */
    public static final int ALL_BOXES = Integer.MAX_VALUE;

    /** IoU from which on a phrase is found. */
    public static final double HIT = 0.5;

    public GroundingScores {
        phrases = List.copyOf(phrases);
    }

    /**
     * One phrase.
     *
     * @param overlaps for each predicted box, best first, the largest IoU with a wanted box
     */
    public record Phrase(String imageId, int sentenceId, EntityPhrase phrase, List<Double> overlaps) {
        public Phrase {
            overlaps = List.copyOf(overlaps);
        }

        /** Largest IoU of the first k boxes. */
        public double bestOverlap(int k) {
            return overlaps.stream()
                    .limit(k)
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(0);
        }
    }

    /** Share of phrases found. */
    public record Recall(int positives, int total) {
        public double recall() {
            return (double) positives / total;
        }

        private Recall plus(boolean hit) {
            return new Recall(positives + (hit ? 1 : 0), total + 1);
        }
    }

    /** Recall among the first k boxes: "all", then by type; a phrase with several types counts in each. */
    public Map<String, Recall> recall(int k) {
        Recall all = new Recall(0, 0);
        Map<String, Recall> byType = new TreeMap<>();
        for (Phrase phrase : phrases) {
            boolean hit = phrase.bestOverlap(k) >= HIT;
            all = all.plus(hit);
            for (String type : phrase.phrase().types()) {
                byType.put(type, byType.getOrDefault(type, new Recall(0, 0)).plus(hit));
            }
        }
        Map<String, Recall> table = new LinkedHashMap<>();
        table.put("all", all);
        byType.forEach(table::putIfAbsent);
        return table;
    }
}
