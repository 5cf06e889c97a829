package io.glip4j.model;

/**
 * From the network's output to detections.
 *
 * @param scoreThreshold class scores must exceed it, before centerness is taken in
 * @param candidatesPerLevel best (location, class) pairs kept on each level before suppression
 * @param nmsIou boxes of a class that overlap a better one by more are suppressed
 * @param detectionsPerImage the score of this rank is the least that is kept
 */
public record PostProcessConfig(
        ScoreAggregation aggregation,
        double scoreThreshold,
        int candidatesPerLevel,
        double nmsIou,
        int detectionsPerImage) {
    public static final PostProcessConfig PUBLISHED =
            new PostProcessConfig(ScoreAggregation.MEAN, 0.05, 1_000, 0.6, 100);

    /** How the scores of a phrase's tokens become the phrase's. */
    public enum ScoreAggregation {
        MEAN,
        MAX,
        /** Geometric mean. */
        POWER
    }

    public PostProcessConfig {
        Check.that(scoreThreshold >= 0 && scoreThreshold < 1, "scoreThreshold in [0, 1)", scoreThreshold);
        Check.positive("candidatesPerLevel", candidatesPerLevel);
        Check.that(nmsIou > 0 && nmsIou <= 1, "nmsIou in (0, 1]", nmsIou);
        Check.positive("detectionsPerImage", detectionsPerImage);
    }
}
