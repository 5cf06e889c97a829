package io.glip4j.output;

import io.glip4j.geometry.BoxXyxy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What one pass or several found in a picture, before overlapping boxes are suppressed. */
public final class Candidates {
    private static final int BOX = 4;
    private static final int ROOM = 64;

    private int count;
    private float[] boxesXyxy = new float[BOX * ROOM];
    private float[] scores = new float[ROOM];
    private int[] phrases = new int[ROOM];
    private float[][] tokenScores = new float[ROOM][];

    Candidates() {}

    /** All of these in one, in this order. */
    static Candidates join(List<Candidates> parts) {
        Candidates joined = new Candidates();
        for (Candidates part : parts) {
            for (int i = 0; i < part.count; i++) {
                int place = joined.add(part.phrases[i], part.scores[i], part.tokenScores[i]);
                System.arraycopy(part.boxesXyxy, BOX * i, joined.boxesXyxy, place, BOX);
            }
        }
        return joined;
    }

    /** Adds a candidate; its box is to be written to {@link #boxes} from the place returned on. */
    int add(int phrase, float score, float[] scoresOfTokens) {
        if (count == scores.length) {
            boxesXyxy = Arrays.copyOf(boxesXyxy, 2 * boxesXyxy.length);
            scores = Arrays.copyOf(scores, 2 * count);
            phrases = Arrays.copyOf(phrases, 2 * count);
            tokenScores = Arrays.copyOf(tokenScores, 2 * count);
        }
        phrases[count] = phrase;
        scores[count] = score;
        tokenScores[count] = scoresOfTokens;
        return BOX * count++;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** Corners, four places each; longer than the count asks for. */
    float[] boxes() {
        return boxesXyxy;
    }

    float[] boxesXyxy() {
        return Arrays.copyOf(boxesXyxy, BOX * count);
    }

    float[] scores() {
        return Arrays.copyOf(scores, count);
    }

    int[] phrases() {
        return Arrays.copyOf(phrases, count);
    }

    ScoredBox get(int index) {
        int at = BOX * index;
        float[] ofTokens = tokenScores[index];
        return new ScoredBox(
                phrases[index],
                scores[index],
                new BoxXyxy(boxesXyxy[at], boxesXyxy[at + 1], boxesXyxy[at + 2], boxesXyxy[at + 3]),
                IntStream.range(0, ofTokens.length)
                        .mapToObj(token -> (double) ofTokens[token])
                        .toList());
    }
}
