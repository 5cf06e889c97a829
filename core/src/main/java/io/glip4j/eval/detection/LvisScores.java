package io.glip4j.eval.detection;

import io.glip4j.eval.detection.DetectionScores.Classes;
import io.glip4j.eval.detection.DetectionScores.Thresholds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The numbers of an LVIS evaluation. */
public final class LvisScores {
    static final List<String> FREQUENCIES = List.of("r", "c", "f");
    private static final int ONLY = 0;

    private final DetectionScores scores;
    private final List<TruthCategory> categories;
    private final LvisProtocol protocol;
    private final int afterLimit;
    private final int judged;

    LvisScores(
            DetectionScores scores, List<TruthCategory> categories, LvisProtocol protocol, int afterLimit, int judged) {
        this.scores = scores;
        this.categories = List.copyOf(categories);
        this.protocol = protocol;
        this.afterLimit = afterLimit;
        this.judged = judged;
    }

    /**
     * AP, AP50, AP75, APs, APm, APl, APr, APc, APf (means over rare, common and frequent categories), then AR, ARs, ARm
     * and ARl, which carry the limit per picture in their name (-1 where there is none); -1 for nothing to find.
     */
    public Map<String, Double> results() {
        Map<String, Double> results = new LinkedHashMap<>();
        Classes all = scores.everyClass();
        results.put("AP", precision(Thresholds.EVERY, all, AreaRange.ALL));
        results.put("AP50", precision(Thresholds.AT_50, all, AreaRange.ALL));
        results.put("AP75", precision(Thresholds.AT_75, all, AreaRange.ALL));
        results.put("APs", precision(Thresholds.EVERY, all, AreaRange.SMALL));
        results.put("APm", precision(Thresholds.EVERY, all, AreaRange.MEDIUM));
        results.put("APl", precision(Thresholds.EVERY, all, AreaRange.LARGE));
        for (String frequency : FREQUENCIES) {
            results.put("AP" + frequency, precision(Thresholds.EVERY, group(frequency), AreaRange.ALL));
        }
        int limit = protocol instanceof LvisProtocol.PerImage perImage ? perImage.most() : -1;
        results.put("AR@" + limit, recall(AreaRange.ALL));
        results.put("ARs@" + limit, recall(AreaRange.SMALL));
        results.put("ARm@" + limit, recall(AreaRange.MEDIUM));
        results.put("ARl@" + limit, recall(AreaRange.LARGE));
        return results;
    }

    private double precision(Thresholds thresholds, Classes over, AreaRange area) {
        return scores.averagePrecision(thresholds, over, area, ONLY);
    }

    private double recall(AreaRange area) {
        return scores.averageRecall(Thresholds.EVERY, scores.everyClass(), area, ONLY);
    }

    private Classes group(String frequency) {
        return new Classes(IntStream.range(0, categories.size())
                .filter(k -> categories.get(k).frequency().equals(frequency))
                .boxed()
                .toList());
    }

    /** AP of each category with something to find, by its id. */
    public Map<String, Double> perCategory() {
        Map<String, Double> table = new LinkedHashMap<>();
        for (int k = 0; k < categories.size(); k++) {
            double precision = precision(Thresholds.EVERY, Classes.of(k), AreaRange.ALL);
            if (precision >= 0) {
                table.put(Long.toString(categories.get(k).id()), precision);
            }
        }
        return table;
    }

    /** Number of categories with something to find among the rare (r), common (c) and frequent (f). */
    public Map<String, Integer> categoriesCounted() {
        Map<String, Double> counted = perCategory();
        Map<String, Integer> table = new LinkedHashMap<>();
        for (String frequency : FREQUENCIES) {
            table.put(frequency, (int) categories.stream()
                    .filter(category -> category.frequency().equals(frequency))
                    .filter(category -> counted.containsKey(Long.toString(category.id())))
                    .count());
        }
        return table;
    }

    /** Detections left after the limit. */
    public int detectionsAfterLimit() {
        return afterLimit;
    }

    /** Of these, the detections of categories that are judged in their picture. */
    public int detectionsJudged() {
        return judged;
    }

    /** Precision and recall in full; there is one limit, at position 0. */
    public DetectionScores details() {
        return scores;
    }
}
