package io.glip4j.eval.grounding;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.flickr.EntityPhrase;
import io.glip4j.data.flickr.FlickrEntities;
import io.glip4j.eval.grounding.GroundingScores.Phrase;
import io.glip4j.geometry.BoxXyxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Recall of phrases in Flickr30k Entities: a phrase is found if one of its first k boxes overlaps one of its boxes by
 * half or more (no +1 in the overlap).
 *
 * <p>Bad input, as in the official tool: a second prediction for a sentence and predictions for sentences without boxed
 * phrases or outside the part are ignored and counted; a sentence without prediction and a number of phrases that does
 * not fit are errors. A phrase without any box is not found.
 */
public final class GroundingEvaluation {
    private GroundingEvaluation() {}

    /**
     * Compares predictions with the boxes.
     *
     * @throws GlipException {@code BAD_ANNOTATIONS} as said above
     */
    public static GroundingScores evaluate(
            FlickrEntities truth, List<SentencePrediction> predictions, GroundingProtocol protocol) {
        Set<String> wanted = new HashSet<>();
        truth.pictures().forEach((id, picture) -> {
            for (int sentence = 0; sentence < picture.sentences().size(); sentence++) {
                if (!picture.grounded(sentence).isEmpty()) {
                    wanted.add(key(id, sentence));
                }
            }
        });
        int sentences = wanted.size();
        int ignored = 0;
        List<Phrase> phrases = new ArrayList<>();
        for (SentencePrediction prediction : predictions) {
            if (wanted.remove(key(prediction.imageId(), prediction.sentenceId()))) {
                phrases.addAll(score(truth, prediction, protocol));
            } else if (!prediction.boxes().isEmpty()) {
                ignored++;
            }
        }
        if (!wanted.isEmpty()) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS,
                    "wanted predictions for all " + sentences + " sentences with boxed phrases, got none for "
                            + wanted.size() + " of them, such as "
                            + wanted.iterator().next());
        }
        phrases.sort(Comparator.comparingInt((Phrase phrase) -> phrase.imageId().length())
                .thenComparing(Phrase::imageId)
                .thenComparingInt(Phrase::sentenceId));
        return new GroundingScores(sentences, ignored, phrases);
    }

    private static String key(String image, int sentence) {
        return "sentence " + sentence + " of picture " + image;
    }

    private static List<Phrase> score(FlickrEntities truth, SentencePrediction prediction, GroundingProtocol protocol) {
        FlickrEntities.Picture picture = truth.pictures().get(prediction.imageId());
        if (picture == null) {
            return List.of();
        }
        List<EntityPhrase> phrases = picture.grounded(prediction.sentenceId());
        if (phrases.size() != prediction.boxes().size()) {
            throw new GlipException(
                    ErrorCode.BAD_ANNOTATIONS,
                    key(prediction.imageId(), prediction.sentenceId()) + ": wanted boxes for " + phrases.size()
                            + " phrases, got boxes for " + prediction.boxes().size());
        }
        List<Phrase> scored = new ArrayList<>();
        for (int i = 0; i < phrases.size(); i++) {
            EntityPhrase phrase = phrases.get(i);
            List<BoxXyxy> boxes = picture.boxes().boxes().getOrDefault(phrase.id(), List.of());
            List<BoxXyxy> targets = protocol == GroundingProtocol.MERGED_BOXES ? List.of(merged(boxes)) : boxes;
            scored.add(new Phrase(
                    prediction.imageId(),
                    prediction.sentenceId(),
                    phrase,
                    prediction.boxes().get(i).stream()
                            .map(box -> best(box, targets))
                            .toList()));
        }
        return scored;
    }

    private static BoxXyxy merged(List<BoxXyxy> boxes) {
        return new BoxXyxy(
                boxes.stream().mapToDouble(BoxXyxy::x1).min().orElse(0),
                boxes.stream().mapToDouble(BoxXyxy::y1).min().orElse(0),
                boxes.stream().mapToDouble(BoxXyxy::x2).max().orElse(0),
                boxes.stream().mapToDouble(BoxXyxy::y2).max().orElse(0));
    }

    private static double best(BoxXyxy box, List<BoxXyxy> targets) {
        double best = 0;
        for (BoxXyxy target : targets) {
            best = Math.max(best, overlap(box, target));
        }
        return best;
    }

    private static double overlap(BoxXyxy a, BoxXyxy b) {
        double across = Math.max(0, Math.min(a.x2(), b.x2()) - Math.max(a.x1(), b.x1()));
        double down = Math.max(0, Math.min(a.y2(), b.y2()) - Math.max(a.y1(), b.y1()));
        double intersection = across * down;
        double union = area(a) + area(b) - intersection;
        return union == 0 ? 0 : intersection / union;
    }

    private static double area(BoxXyxy box) {
        return (box.x2() - box.x1()) * (box.y2() - box.y1());
    }
}
