package io.glip4j.eval.detection;

import java.util.Arrays;

/**
 * What became of the detections of one class over all pictures: for each area range and detection one bit per IoU
 * threshold, whether it matched an object and whether it is left out of the count.
 */
final class ClassMatches {
    private static final int AREAS = AreaRange.values().length;

    private int size;
    private double[] score = new double[16];
    /** Place within its picture by falling score, from 0. */
    private int[] rank = new int[16];

    private final int[][] matched = new int[AREAS][16];
    private final int[][] ignored = new int[AREAS][16];
    private final int[] countedTruths = new int[AREAS];

    int add(double detectionScore, int detectionRank) {
        if (size == score.length) {
            score = Arrays.copyOf(score, 2 * size);
            rank = Arrays.copyOf(rank, 2 * size);
            for (int area = 0; area < AREAS; area++) {
                matched[area] = Arrays.copyOf(matched[area], 2 * size);
                ignored[area] = Arrays.copyOf(ignored[area], 2 * size);
            }
        }
        score[size] = detectionScore;
        rank[size] = detectionRank;
        return size++;
    }

    void set(int area, int detection, int matchedBits, int ignoredBits) {
        matched[area][detection] = matchedBits;
        ignored[area][detection] = ignoredBits;
    }

    void countTruths(int area, int count) {
        countedTruths[area] += count;
    }

    /** Objects to be found in an area range. */
    int countedTruths(int area) {
        return countedTruths[area];
    }

    int size() {
        return size;
    }

    /** Detections by falling score over all pictures. */
    int[] order() {
        return StableOrder.descending(score, size);
    }

    int rank(int detection) {
        return rank[detection];
    }

    int matched(int area, int detection) {
        return matched[area][detection];
    }

    int ignored(int area, int detection) {
        return ignored[area][detection];
    }
}
