package io.glip4j.eval.odinw;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Object detection in the wild: the AP of each data set by its name, in the order they were given; quoted are the mean
 * and the median over data sets.
 */
public record OdinwScores(Map<String, Double> averagePrecision) {
    public OdinwScores {
        averagePrecision = Collections.unmodifiableMap(new LinkedHashMap<>(averagePrecision));
        if (averagePrecision.isEmpty()) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "wanted at least one data set, got none");
        }
        averagePrecision.forEach((name, value) -> {
            if (!(value >= 0)) {
                throw new GlipException(
                        ErrorCode.BAD_ARGUMENT,
                        "wanted an AP of 0 to 1 for every data set, got " + value + " for " + name
                                + "; does it have annotations?");
            }
        });
    }

    public double average() {
        return averagePrecision.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }

    /** The middle one, or the mean of the middle two. */
    public double median() {
        List<Double> sorted = averagePrecision.values().stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
