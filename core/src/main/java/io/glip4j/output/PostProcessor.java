package io.glip4j.output;

import io.glip4j.geometry.Anchors;
import io.glip4j.geometry.BoxCoder;
import io.glip4j.geometry.DescendingOrder;
import io.glip4j.geometry.NonMaximumSuppression;
import io.glip4j.model.LevelPredictions;
import io.glip4j.model.PostProcessConfig;
import java.util.Arrays;
import java.util.List;

/**
 * From the network's output to scored boxes: the best (location, phrase) pairs of every level, decoded and clipped to
 * the picture, then of those that overlap the best one of each phrase, then the best of the picture.
 *
 * <p>A prompt in several passes gives candidates pass by pass; {@link #select} takes them all.
 */
public record PostProcessor(PostProcessConfig config) {
    private static final int BOX = 4;

    /**
     * What one pass found, with boxes in pixels of the resized picture.
     *
     * @param levels finest first, see {@link io.glip4j.model.GlipOutput#read}
     * @param width of the resized picture, without padding
     * @param height of the resized picture, without padding
     */
    public Candidates candidates(List<LevelPredictions> levels, List<PhraseTokens> phrases, int width, int height) {
        PhraseScorer scorer = new PhraseScorer(config.aggregation(), config.scoreThreshold(), phrases);
        Anchors anchors = new Anchors(levels.stream()
                .map(level -> new Anchors.LevelSize(level.height(), level.width()))
                .toList());
        Candidates found = new Candidates();
        for (int level = 0; level < levels.size(); level++) {
            LevelPredictions predictions = levels.get(level);
            Pairs pairs = new Pairs(scorer.count());
            float[] centerness = predictions.centerness();
            scorer.score(
                    predictions,
                    (location, place, score) ->
                            pairs.add(location, place, score * PhraseScorer.sigmoid(centerness[location])));
            int firstAnchor = anchors.first(level);
            pairs.best(config.candidatesPerLevel(), (location, place, score) -> {
                int box = found.add(
                        scorer.phrase(place),
                        (float) Math.sqrt(score),
                        scorer.tokenScores(predictions, location, place));
                decode(predictions, location, anchors.xyxy(), firstAnchor + location, found.boxes(), box);
                clip(found.boxes(), box, width, height);
            });
        }
        return found;
    }

    /** The picture's boxes from the candidates of all its passes, best first. */
    public List<ScoredBox> select(List<Candidates> passes) {
        Candidates all = Candidates.join(passes);
        float[] scores = all.scores();
        int[] kept = NonMaximumSuppression.keep(all.boxesXyxy(), scores, all.phrases(), config.nmsIou());
        int limit = config.detectionsPerImage();
        float least = kept.length > limit ? scores[kept[limit - 1]] : 0;
        return Arrays.stream(kept)
                .filter(index -> scores[index] >= least)
                .mapToObj(all::get)
                .toList();
    }

    private static void decode(
            LevelPredictions level, int location, float[] anchorsXyxy, int anchor, float[] boxesXyxy, int at) {
        float[] deltas = level.boxDeltas();
        int stride = level.locations();
        BoxCoder.decode(
                deltas[location],
                deltas[location + stride],
                deltas[location + 2 * stride],
                deltas[location + 3 * stride],
                anchorsXyxy,
                anchor,
                boxesXyxy,
                at);
    }

    private static void clip(float[] boxesXyxy, int at, int width, int height) {
        for (int corner = at; corner < at + BOX; corner += 2) {
            boxesXyxy[corner] = Math.min(Math.max(boxesXyxy[corner], 0), width - 1f);
            boxesXyxy[corner + 1] = Math.min(Math.max(boxesXyxy[corner + 1], 0), height - 1f);
        }
    }

    /** The (location, phrase) pairs of one level. */
    private static final class Pairs {
        private final int phrases;
        private long[] pairs = new long[64];
        private float[] scores = new float[64];
        private int count;

        Pairs(int phrases) {
            this.phrases = phrases;
        }

        void add(int location, int place, float score) {
            if (count == scores.length) {
                pairs = Arrays.copyOf(pairs, 2 * count);
                scores = Arrays.copyOf(scores, 2 * count);
            }
            pairs[count] = (long) location * phrases + place;
            scores[count++] = score;
        }

        void best(int limit, PhraseScorer.Sink sink) {
            int[] order = DescendingOrder.of(Arrays.copyOf(scores, count));
            for (int i = 0; i < Math.min(limit, count); i++) {
                long pair = pairs[order[i]];
                sink.accept((int) (pair / phrases), (int) (pair % phrases), scores[order[i]]);
            }
        }
    }
}
