package io.glip4j.eval.referring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cumulative IoU, mean IoU and shares of good masks over expressions. */
public record OverlapScores(List<MaskOverlap> overlaps) {
    private static final List<String> THRESHOLDS = List.of("0.5", "0.6", "0.7", "0.8", "0.9");

    public OverlapScores {
        overlaps = List.copyOf(overlaps);
    }

    /** Sum of intersections over sum of unions, so that large objects weigh more. */
    public double cumulative() {
        long intersections = 0;
        long unions = 0;
        for (MaskOverlap overlap : overlaps) {
            intersections += overlap.intersection();
            unions += overlap.union();
        }
        return unions == 0 ? 0 : (double) intersections / unions;
    }

    /** Mean IoU over expressions. */
    public double mean() {
        return overlaps.stream().mapToDouble(MaskOverlap::ratio).average().orElse(0);
    }

    /** Share of expressions with IoU of at least 0.5, ... 0.9, as RefCOCO counts. */
    public Map<String, Double> precisionAt() {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (String threshold : THRESHOLDS) {
            double least = Double.parseDouble(threshold);
            shares.put(
                    threshold,
                    share(overlaps.stream()
                            .filter(overlap -> overlap.ratio() >= least)
                            .count()));
        }
        return shares;
    }

    /** Share of expressions with IoU above 0.5, ... 0.9, as PhraseCut counts. */
    public Map<String, Double> precisionAbove() {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (String threshold : THRESHOLDS) {
            double bound = Double.parseDouble(threshold);
            shares.put(
                    threshold,
                    share(overlaps.stream()
                            .filter(overlap -> overlap.ratio() > bound)
                            .count()));
        }
        return shares;
    }

    private double share(long count) {
        return overlaps.isEmpty() ? 0 : (double) count / overlaps.size();
    }
}
