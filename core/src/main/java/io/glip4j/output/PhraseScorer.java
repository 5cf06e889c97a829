package io.glip4j.output;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.LevelPredictions;
import io.glip4j.model.PostProcessConfig.ScoreAggregation;
import java.util.Arrays;
import java.util.List;

/**
 * Scores of phrases from the logits of their tokens. No way of joining token scores gives more than the best of them,
 * so that most locations are done with after a look at their logits.
 */
final class PhraseScorer {
    /** Rounding of a float32 sigmoid stays far below this many logits. */
    private static final float MARGIN = 1e-3f;

    private final ScoreAggregation aggregation;
    private final float threshold;
    private final float leastLogit;
    private final int[] phrases;
    private final int[][] tokens;

    PhraseScorer(ScoreAggregation aggregation, double threshold, List<PhraseTokens> phrases) {
        List<PhraseTokens> withTokens =
                phrases.stream().filter(phrase -> !phrase.tokens().isEmpty()).toList();
        this.aggregation = aggregation;
        this.threshold = (float) threshold;
        this.leastLogit = (float) Math.log(threshold / (1 - threshold)) - MARGIN;
        this.phrases = withTokens.stream().mapToInt(PhraseTokens::phrase).toArray();
        this.tokens = withTokens.stream()
                .map(phrase ->
                        phrase.tokens().stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** What takes a (location, phrase) pair whose score is above the threshold. */
    @FunctionalInterface
    interface Sink {
        void accept(int location, int place, float score);
    }

    /** Looks at every location of a level, row by row, and there at every phrase. */
    void score(LevelPredictions level, Sink sink) {
        checkTokens(level.tokens());
        float[] logits = level.wordLogits();
        for (int location = 0; location < level.locations(); location++) {
            int row = location * level.tokens();
            for (int place = 0; place < tokens.length; place++) {
                if (best(logits, row, tokens[place]) > leastLogit) {
                    float score = join(tokenScores(level, location, place));
                    if (score > threshold) {
                        sink.accept(location, place, score);
                    }
                }
            }
        }
    }

    /** The caller's number of the phrase in this place. */
    int phrase(int place) {
        return phrases[place];
    }

    /** How many phrases can be found. */
    int count() {
        return phrases.length;
    }

    float[] tokenScores(LevelPredictions level, int location, int place) {
        float[] scores = new float[tokens[place].length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = sigmoid(level.wordLogits()[location * level.tokens() + tokens[place][i]]);
        }
        return scores;
    }

    static float sigmoid(float logit) {
        return (float) (1 / (1 + Math.exp(-logit)));
    }

    private static float best(float[] logits, int row, int[] positions) {
        float best = logits[row + positions[0]];
        for (int i = 1; i < positions.length; i++) {
            best = Math.max(best, logits[row + positions[i]]);
        }
        return best;
    }

    private float join(float[] scores) {
        return switch (aggregation) {
            case MEAN -> mean(scores);
            case MAX -> max(scores);
            case POWER -> geometricMean(scores);
        };
    }

    private static float mean(float[] scores) {
        float sum = 0;
        for (float score : scores) {
            sum += score;
        }
        return sum / scores.length;
    }

    private static float max(float[] scores) {
        float max = scores[0];
        for (float score : scores) {
            max = Math.max(max, score);
        }
        return max;
    }

    private static float geometricMean(float[] scores) {
        double product = 1;
        for (float score : scores) {
            product *= score;
        }
        return (float) Math.pow(product, 1.0 / scores.length);
    }

    private void checkTokens(int count) {
        int last = Arrays.stream(tokens).flatMapToInt(Arrays::stream).max().orElse(-1);
        int first = Arrays.stream(tokens).flatMapToInt(Arrays::stream).min().orElse(0);
        if (first < 0 || last >= count) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted phrase tokens in 0.." + (count - 1) + ", got " + first + ".." + last
                            + "; read as many tokens from the output as the prompt has");
        }
    }
}
