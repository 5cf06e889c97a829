package io.glip4j.eval;

import io.glip4j.data.flickr.EntityBoxes;
import io.glip4j.data.flickr.EntityPhrase;
import io.glip4j.data.flickr.EntitySentence;
import io.glip4j.data.flickr.FlickrEntities;
import io.glip4j.eval.grounding.GroundingEvaluation;
import io.glip4j.eval.grounding.GroundingProtocol;
import io.glip4j.eval.grounding.GroundingScores;
import io.glip4j.eval.grounding.SentencePrediction;
import io.glip4j.geometry.BoxXyxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@link Score} of Flickr30k Entities. */
final class FlickrScores {
    private static final Map<String, Integer> RECALLS = recalls();

    private FlickrScores() {}

    private static Map<String, Integer> recalls() {
        Map<String, Integer> recalls = new LinkedHashMap<>();
        recalls.put("R@1", 1);
        recalls.put("R@5", 5);
        recalls.put("R@10", 10);
        recalls.put("upper_bound", GroundingScores.ALL_BOXES);
        return recalls;
    }

    /** The folder, or its list of pictures {@code PART.txt}, which then says the part too. */
    static Map<String, Object> run(Path annotations, Path results, String part) {
        Path folder = annotations;
        String chosen = part;
        if (!Files.isDirectory(annotations)) {
            folder = annotations.toAbsolutePath().getParent();
            chosen = String.valueOf(annotations.getFileName()).replaceFirst("\\.txt$", "");
        }
        FlickrEntities truth = FlickrEntities.read(folder == null ? annotations : folder, chosen);
        List<SentencePrediction> predictions = SentencePrediction.read(results);
        Map<String, Object> contents = new LinkedHashMap<>();
        Map<String, Object> tables = new LinkedHashMap<>();
        Map<String, Object> details = new LinkedHashMap<>();
        int ignored = 0;
        long atTheBound = 0;
        for (GroundingProtocol protocol : GroundingProtocol.values()) {
            GroundingScores scores = GroundingEvaluation.evaluate(truth, predictions, protocol);
            contents.put("images", truth.pictures().size());
            contents.put("sentences_evaluated", scores.sentences());
            contents.put("phrases", scores.phrases().size());
            ignored = scores.ignoredPredictions();
            atTheBound += atTheBound(scores);
            Map<String, Object> table = new LinkedHashMap<>();
            RECALLS.forEach((name, k) -> table.put(name, recall(scores, k)));
            tables.put(protocol.label(), table);
            details.put(protocol.label(), details(scores));
        }
        contents.put("best_iou_exactly_half", atTheBound);
        Map<String, Object> parsed = new LinkedHashMap<>();
        truth.pictures().forEach((id, picture) -> parsed.put(id, parsed(picture)));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("contents", contents);
        result.put("ignored_predictions", ignored);
        result.put("results", tables);
        result.put("detail", details);
        result.put("parsed", parsed);
        return result;
    }

    /** Hits that a strict comparison would not count, over all phrases and all k. */
    private static long atTheBound(GroundingScores scores) {
        return RECALLS.values().stream()
                .mapToLong(k -> scores.phrases().stream()
                        .filter(phrase -> phrase.bestOverlap(k) == GroundingScores.HIT)
                        .count())
                .sum();
    }

    private static Map<String, Object> parsed(FlickrEntities.Picture picture) {
        EntityBoxes read = picture.boxes();
        Map<String, Object> boxes = new LinkedHashMap<>();
        read.boxes()
                .forEach((id, several) -> boxes.put(
                        id, several.stream().map(FlickrScores::corners).toList()));
        Map<String, Object> annotations = new LinkedHashMap<>();
        annotations.put("width", read.width());
        annotations.put("height", read.height());
        annotations.put("depth", read.depth());
        annotations.put("boxes", boxes);
        annotations.put("nobox", read.withoutBox());
        annotations.put("scene", read.scene());
        Map<String, Object> parsed = new LinkedHashMap<>();
        parsed.put(
                "sentences",
                picture.sentences().stream().map(FlickrScores::sentence).toList());
        parsed.put("annotations", annotations);
        return parsed;
    }

    /** x1, y1, x2, y2, whole numbers as in the file. */
    private static List<Long> corners(BoxXyxy box) {
        return List.of((long) box.x1(), (long) box.y1(), (long) box.x2(), (long) box.y2());
    }

    private static Map<String, Object> sentence(EntitySentence sentence) {
        List<Object> phrases = new ArrayList<>();
        for (EntityPhrase phrase : sentence.phrases()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("first_word_index", phrase.firstWordIndex());
            row.put("phrase", phrase.phrase());
            row.put("phrase_id", phrase.id());
            row.put("phrase_type", phrase.types());
            phrases.add(row);
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("sentence", sentence.sentence());
        row.put("phrases", phrases);
        return row;
    }

    private static Map<String, Object> recall(GroundingScores scores, int k) {
        Map<String, Object> table = new LinkedHashMap<>();
        scores.recall(k).forEach((type, recall) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("recall", recall.recall());
            row.put("positives", recall.positives());
            row.put("total", recall.total());
            table.put(type, row);
        });
        return table;
    }

    private static List<Object> details(GroundingScores scores) {
        List<Object> rows = new ArrayList<>();
        for (GroundingScores.Phrase phrase : scores.phrases()) {
            Map<String, Object> best = new LinkedHashMap<>();
            RECALLS.values()
                    .forEach(k -> best.put(
                            k == GroundingScores.ALL_BOXES ? "-1" : Integer.toString(k), phrase.bestOverlap(k)));
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("image_id", number(phrase.imageId()));
            row.put("sentence_id", phrase.sentenceId());
            row.put("phrase", phrase.phrase().phrase());
            row.put("phrase_id", phrase.phrase().id());
            row.put("best_iou_at", best);
            rows.add(row);
        }
        return rows;
    }

    /** A number where the text is one that fits, else the text. */
    private static Object number(String text) {
        return text.matches("[0-9]{1,18}") ? (Object) Long.valueOf(text) : text;
    }
}
