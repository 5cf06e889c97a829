package io.glip4j.output;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The least score that says a phrase's thing is there, for each phrase that is known and for all others: a model is surer
 * of some words than of others, so that one score for all shows either boxes of absent things or too few of those there.
 *
 * @param model which model's scores these are, empty where they hold for any
 * @param others for phrases that are not known, 0..1
 * @param byPhrase 0..1; upper and lower case are one
 */
public record PhraseThresholds(String model, double others, Map<String, Double> byPhrase) {
    public PhraseThresholds {
        Map<String, Double> known = new TreeMap<>();
        check("other phrases", others);
        byPhrase.forEach((phrase, least) -> {
            check("'" + phrase + "'", least);
            known.put(key(phrase), least);
        });
        byPhrase = Collections.unmodifiableMap(known);
    }

    /** The same for all phrases and models. */
    public static PhraseThresholds even(double least) {
        return new PhraseThresholds("", least, Map.of());
    }

    /**
     * Thresholds that absent things pass in at most a given share of the cases (split conformal prediction, Vovk et al.
     * 2005): with n pictures without the thing, the ceil((n + 1)(1 - share))-th of their highest scores. A phrase with
     * too few pictures for that has no threshold of its own; all phrases' pictures together give that of the others.
     *
     * @param share of pictures without a thing in which it may be found, in (0, 1)
     * @param highestByPhrase for each phrase the best score it had in each picture without its thing, 0 for no box
     * @throws GlipException BAD_ARGUMENT if all pictures together are too few for the share
     */
    public static PhraseThresholds fitted(String model, double share, Map<String, List<Double>> highestByPhrase) {
        if (!(share > 0 && share < 1)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "thresholds: wanted a share of false alarms in (0, 1), got " + share);
        }
        List<Double> all =
                highestByPhrase.values().stream().flatMap(List::stream).toList();
        if (rank(all.size(), share) > all.size()) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "thresholds: wanted at least " + (long) Math.ceil(1 / share - 1) + " absent names for a share of "
                            + share + " false alarms, got " + all.size()
                            + "; take more pictures, more names a picture, or a larger share");
        }
        Map<String, Double> byPhrase = new TreeMap<>();
        highestByPhrase.forEach((phrase, highest) -> {
            if (rank(highest.size(), share) <= highest.size()) {
                byPhrase.put(phrase, justAbove(highest, share));
            }
        });
        return new PhraseThresholds(model, justAbove(all, share), byPhrase);
    }

    private static int rank(int count, double share) {
        return (int) Math.ceil((count + 1) * (1 - share));
    }

    private static double justAbove(List<Double> highest, double share) {
        double kept = highest.stream()
                .sorted()
                .skip(rank(highest.size(), share) - 1L)
                .findFirst()
                .orElseThrow();
        return Math.min(Math.nextUp(kept), 1);
    }

    /** The least score of a phrase. */
    public double least(String phrase) {
        return byPhrase.getOrDefault(key(phrase), others);
    }

    /** Only what is sure enough to be there. */
    public Grounding applied(Grounding found) {
        return new Grounding(
                found.width(),
                found.height(),
                found.detections().stream()
                        .filter(detection -> detection.score() >= least(detection.phrase()))
                        .toList());
    }

    /**
     * Refuses another model than that whose scores these are.
     *
     * @throws GlipException CHECKPOINT_MISMATCH
     */
    public PhraseThresholds requireModel(String other) {
        if (!model.isEmpty() && !model.equals(other)) {
            throw new GlipException(
                    ErrorCode.CHECKPOINT_MISMATCH,
                    "thresholds: wanted those of the model " + other + ", got those of " + model
                            + "; calibrate this model, or take the other one");
        }
        return this;
    }

    private static String key(String phrase) {
        return phrase.strip().toLowerCase(Locale.ROOT);
    }

    private static void check(String phrase, double least) {
        if (!(least >= 0 && least <= 1)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "thresholds: wanted a score in [0, 1] for " + phrase + ", got " + least);
        }
    }
}
