package io.glip4j.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measured values by name, in the order of their first. */
final class Series {
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    void add(String name, double value) {
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    Iterable<String> names() {
        return values.keySet();
    }

    @Override
    public String toString() {
        return values.toString();
    }

    /** Of a name that has values. */
    Spread spread(String name) {
        return Spread.of(List.copyOf(values.getOrDefault(name, List.of())));
    }

    /** Round by round, how many times as large {@code slow} is as {@code fast}. */
    Spread ratio(String slow, String fast) {
        List<Double> ratios = new ArrayList<>();
        List<Double> numerators = values.getOrDefault(slow, List.of());
        List<Double> denominators = values.getOrDefault(fast, List.of());
        for (int round = 0; round < numerators.size(); round++) {
            ratios.add(numerators.get(round) / denominators.get(round));
        }
        return Spread.of(ratios);
    }

    /** What a series of measurements comes to. */
    record Spread(double min, double median, double max) {
        static Spread of(List<Double> values) {
            if (values.isEmpty()) {
                throw new IllegalArgumentException("wanted at least one measurement, got none");
            }
            double[] sorted =
                    values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            int middle = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(sorted[0], median, sorted[sorted.length - 1]);
        }
    }
}
