package io.glip4j.eval.caption;

import java.util.List;

/** The number of a metric over all captions, and that of each caption in order. */
public record MetricScores(double corpus, List<Double> each) {
    public MetricScores {
        each = List.copyOf(each);
    }

    static MetricScores mean(List<Double> each) {
        return new MetricScores(
                each.stream().mapToDouble(Double::doubleValue).average().orElse(0), each);
    }
}
