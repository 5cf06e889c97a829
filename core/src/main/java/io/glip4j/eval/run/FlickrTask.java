package io.glip4j.eval.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.glip4j.data.flickr.EntityPhrase;
import io.glip4j.data.flickr.EntitySentence;
import io.glip4j.data.flickr.FlickrEntities;
import io.glip4j.eval.Metric;
import io.glip4j.eval.Score;
import io.glip4j.eval.ScoreOptions;
import io.glip4j.eval.grounding.GroundingEvaluation;
import io.glip4j.eval.grounding.GroundingProtocol;
import io.glip4j.eval.grounding.GroundingScores;
import io.glip4j.eval.grounding.SentencePrediction;
import io.glip4j.input.Prompt;
import io.glip4j.input.Span;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Flickr30k Entities: every sentence with boxed phrases is the prompt, those phrases are looked for. As in GLIP, each
 * phrase's boxes end with [0, 0, 0, 0], so that none is without.
 */
public final class FlickrTask implements EvaluationTask {
    private static final List<Double> NO_BOX = List.of(0.0, 0.0, 0.0, 0.0);

    private final Path folder;
    private final String part;
    private final FlickrEntities truth;
    private final List<TaskPicture> pictures;

    /**
     * A part of the data set.
     *
     * @param folder has {@code PART.txt}, {@code Sentences} and {@code Annotations}
     * @param images has the pictures, {@code ID.jpg}
     */
    public FlickrTask(Path folder, Path images, String part) {
        this.folder = folder;
        this.part = part;
        this.truth = FlickrEntities.read(folder, part);
        this.pictures = truth.pictures().keySet().stream()
                .map(id -> new TaskPicture(id, images.resolve(id + ".jpg")))
                .toList();
    }

    @Override
    public String description() {
        return "flickr " + part + ", " + pictures.size() + " pictures";
    }

    @Override
    public List<TaskPicture> pictures() {
        return pictures;
    }

    /** For each phrase boxes x1, y1, x2, y2, best first. */
    private record Result(
            @JsonProperty("image_id") String imageId,
            @JsonProperty("sentence_id") int sentenceId,
            List<List<List<Double>>> boxes) {}

    @Override
    public List<Object> ask(TaskPicture picture, Asker asker) {
        FlickrEntities.Picture entities = entities(picture);
        List<Object> results = new ArrayList<>();
        for (int i = 0; i < entities.sentences().size(); i++) {
            List<EntityPhrase> phrases = entities.grounded(i);
            if (!phrases.isEmpty()) {
                EntitySentence sentence = entities.sentences().get(i);
                List<Span> spans = phrases.stream().map(sentence::span).toList();
                Grounding found = asker.ask(Prompt.caption(sentence.sentence(), spans));
                results.add(new Result(
                        picture.id(),
                        i,
                        spans.stream().map(span -> boxes(found, span)).toList()));
            }
        }
        return results;
    }

    private FlickrEntities.Picture entities(TaskPicture picture) {
        return Objects.requireNonNull(truth.pictures().get(picture.id()), "a picture of this task");
    }

    private static List<List<Double>> boxes(Grounding found, Span span) {
        List<List<Double>> boxes = new ArrayList<>(found.detections().stream()
                .filter(detection -> detection.span().equals(span))
                .map(Detection::box)
                .map(box -> List.of(box.x1(), box.y1(), box.x2(), box.y2()))
                .toList());
        boxes.add(NO_BOX);
        return boxes;
    }

    @Override
    public Map<String, Object> score(Path results) {
        return Score.document(Metric.FLICKR, folder, results, ScoreOptions.OFFICIAL.withPart(part));
    }

    /** R@1, 5, 10 over all phrases by both protocols. */
    @Override
    public Map<String, Double> quoted(Map<String, Object> scores) {
        Map<String, Double> quoted = new LinkedHashMap<>();
        if (scores.get("results") instanceof Map<?, ?> protocols) {
            protocols.forEach((protocol, recalls) -> {
                if (recalls instanceof Map<?, ?> byRank) {
                    byRank.forEach((rank, types) -> {
                        if (types instanceof Map<?, ?> byType
                                && byType.get("all") instanceof Map<?, ?> row
                                && row.get("recall") instanceof Double recall) {
                            quoted.put(protocol + " " + rank, recall);
                        }
                    });
                }
            });
        }
        return quoted;
    }

    /** A picture's quality is the share of its phrases whose first box is right; its first sentence is drawn. */
    @Override
    public List<PictureReview> review(Path results) {
        List<SentencePrediction> predictions = SentencePrediction.read(results);
        GroundingScores scores = GroundingEvaluation.evaluate(truth, predictions, GroundingProtocol.ANY_BOX);
        return pictures.stream()
                .map(picture -> {
                    List<GroundingScores.Phrase> phrases = scores.phrases().stream()
                            .filter(phrase -> phrase.imageId().equals(picture.id()))
                            .toList();
                    double right = phrases.stream()
                            .filter(phrase -> phrase.bestOverlap(1) >= GroundingScores.HIT)
                            .count();
                    return new PictureReview(
                            picture,
                            phrases.isEmpty() ? 1 : right / phrases.size(),
                            expected(picture),
                            found(picture, predictions));
                })
                .toList();
    }

    private List<Detection> expected(TaskPicture picture) {
        FlickrEntities.Picture entities = entities(picture);
        List<Detection> drawn = new ArrayList<>();
        if (!entities.sentences().isEmpty()) {
            for (EntityPhrase phrase : entities.grounded(0)) {
                entities.boxes()
                        .boxes()
                        .getOrDefault(phrase.id(), List.of())
                        .forEach(box -> drawn.add(Drawn.box(phrase.phrase(), 1, box)));
            }
        }
        return drawn;
    }

    private List<Detection> found(TaskPicture picture, List<SentencePrediction> predictions) {
        List<EntitySentence> sentences = entities(picture).sentences();
        List<Detection> drawn = new ArrayList<>();
        for (SentencePrediction prediction : predictions) {
            if (prediction.imageId().equals(picture.id()) && prediction.sentenceId() == 0 && !sentences.isEmpty()) {
                List<EntityPhrase> phrases = entities(picture).grounded(0);
                for (int i = 0; i < phrases.size(); i++) {
                    drawn.add(Drawn.box(
                            phrases.get(i).phrase(),
                            1,
                            prediction.boxes().get(i).get(0)));
                }
            }
        }
        return drawn;
    }
}
