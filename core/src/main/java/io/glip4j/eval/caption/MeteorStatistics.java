package io.glip4j.eval.caption;

import java.util.ArrayList;
import java.util.List;

/**
 * What METEOR counts in a caption against a reference, or sums of it: lengths, matches of content and function words
 * for each module, chunks. Parameters are those for English ranking, as the official tool uses.
 */
final class MeteorStatistics {
    static final int MODULES = 4;
    private static final double ALPHA = 0.85;
    private static final double BETA = 0.2;
    private static final double GAMMA = 0.6;
    private static final double DELTA = 0.75;
    private static final double[] WEIGHTS = {1.0, 0.6, 0.8, 0.6};

    /** Words of the caption and of the reference: all, and function words. */
    final double[] length = new double[2];

    final double[] functionWords = new double[2];
    /** Matched words of the caption and of the reference, for each module. */
    final double[][] contentMatches = new double[2][MODULES];

    final double[][] functionMatches = new double[2][MODULES];
    double chunks;

    void add(MeteorStatistics other) {
        if (!other.perfect()) {
            chunks += other.chunks;
        }
        for (int side = 0; side < 2; side++) {
            length[side] += other.length[side];
            functionWords[side] += other.functionWords[side];
            for (int module = 0; module < MODULES; module++) {
                contentMatches[side][module] += other.contentMatches[side][module];
                functionMatches[side][module] += other.functionMatches[side][module];
            }
        }
    }

    private boolean perfect() {
        return matches(0) == length[0] && matches(1) == length[1] && chunks == 1;
    }

    private double matches(int side) {
        double sum = 0;
        for (int module = 0; module < MODULES; module++) {
            sum += contentMatches[side][module] + functionMatches[side][module];
        }
        return sum;
    }

    private double share(int side) {
        double weighted = 0;
        for (int module = 0; module < MODULES; module++) {
            weighted += contentMatches[side][module] * WEIGHTS[module] * DELTA;
        }
        for (int module = 0; module < MODULES; module++) {
            weighted += functionMatches[side][module] * WEIGHTS[module] * (1 - DELTA);
        }
        return weighted / (DELTA * (length[side] - functionWords[side]) + (1 - DELTA) * functionWords[side]);
    }

    /** METEOR's score, 0 to 1. */
    double score() {
        double precision = share(0);
        double recall = share(1);
        double mean = 1 / ((1 - ALPHA) / precision + ALPHA / recall);
        double fragmentation = perfect() ? 0 : chunks / ((matches(0) + matches(1)) / 2);
        double score = mean * (1 - GAMMA * Math.pow(fragmentation, BETA));
        return Double.isNaN(score) ? 0 : Math.max(score, 0);
    }

    /** The 23 numbers in the order of the official tool. */
    List<Double> numbers() {
        List<Double> numbers = new ArrayList<>(List.of(length[0], length[1], functionWords[0], functionWords[1]));
        for (int module = 0; module < MODULES; module++) {
            numbers.add(contentMatches[0][module]);
            numbers.add(contentMatches[1][module]);
            numbers.add(functionMatches[0][module]);
            numbers.add(functionMatches[1][module]);
        }
        numbers.addAll(List.of(chunks, matches(0), matches(1)));
        return numbers;
    }
}
