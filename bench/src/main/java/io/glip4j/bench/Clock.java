package io.glip4j.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** Adds up what passes between laps. */
final class Clock {
    private static final double NANOS = 1e9;

    private final Series stages;
    private final long start = System.nanoTime();
    private final Map<String, Double> laps = new LinkedHashMap<>();
    private long last = start;

    Clock(Series stages) {
        this.stages = stages;
    }

    void lap(String stage) {
        long now = System.nanoTime();
        laps.merge(stage, (now - last) / NANOS, Double::sum);
        last = now;
    }

    /** Seconds from the start to the last lap; by stage they are added to the series. */
    double total() {
        laps.forEach((stage, seconds) -> stages.add(stage, seconds));
        return (last - start) / NANOS;
    }
}
