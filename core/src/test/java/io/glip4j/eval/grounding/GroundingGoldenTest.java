package io.glip4j.eval.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.Goldens;
import io.glip4j.data.flickr.FlickrEntities;
import io.glip4j.eval.JsonClose;
import io.glip4j.geometry.BoxXyxy;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Flickr30k Entities: reader and recall, as the evaluator of MDETR and GLIP gives them. */
class GroundingGoldenTest {
    private static final double TOLERANCE = 1e-9;
    private static final Map<String, Integer> LIMITS =
            Map.of("R@1", 1, "R@5", 5, "R@10", 10, "upper_bound", GroundingScores.ALL_BOXES);

    @Test
    void recallByTypeAndBestOverlaps() {
        for (Path folder : Goldens.folders("metrics/flickr")) {
            FlickrEntities truth = FlickrEntities.read(folder, "test");
            List<SentencePrediction> predictions = SentencePrediction.read(folder.resolve("predictions.json"));
            JsonNode expected = JsonClose.read(folder.resolve("expected.json"));
            for (GroundingProtocol protocol : GroundingProtocol.values()) {
                GroundingScores scores = GroundingEvaluation.evaluate(truth, predictions, protocol);
                assertThat(scores.sentences())
                        .isEqualTo(expected.at("/contents/sentences_evaluated").asInt());
                assertThat(scores.phrases())
                        .hasSize(expected.at("/contents/phrases").asInt());
                assertThat(scores.ignoredPredictions())
                        .isEqualTo(expected.get("ignored_predictions").asInt());
                checkRecall(scores, expected.get("results").get(protocol.label()));
                checkOverlaps(scores, expected.get("detail").get(protocol.label()));
            }
        }
    }

    private static void checkRecall(GroundingScores scores, JsonNode expected) {
        assertThat(expected.size()).isEqualTo(LIMITS.size());
        LIMITS.forEach((name, k) -> {
            Map<String, GroundingScores.Recall> table = scores.recall(k);
            assertThat(table).hasSameSizeAs(expected.get(name));
            expected.get(name).properties().forEach(type -> {
                GroundingScores.Recall recall = Objects.requireNonNull(table.get(type.getKey()));
                assertThat(recall.positives())
                        .as(name + type.getKey())
                        .isEqualTo(type.getValue().get("positives").asInt());
                assertThat(recall.total())
                        .as(name + type.getKey())
                        .isEqualTo(type.getValue().get("total").asInt());
                assertThat(recall.recall())
                        .isCloseTo(type.getValue().get("recall").asDouble(), within(TOLERANCE));
            });
        });
    }

    private static void checkOverlaps(GroundingScores scores, JsonNode expected) {
        assertThat(scores.phrases()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            GroundingScores.Phrase phrase = scores.phrases().get(i);
            JsonNode row = expected.get(i);
            assertThat(phrase.imageId()).isEqualTo(row.get("image_id").asText());
            assertThat(phrase.sentenceId()).isEqualTo(row.get("sentence_id").asInt());
            assertThat(phrase.phrase().phrase()).isEqualTo(row.get("phrase").asText());
            assertThat(phrase.phrase().id()).isEqualTo(row.get("phrase_id").asText());
            row.get("best_iou_at").properties().forEach(at -> {
                int k = Integer.parseInt(at.getKey());
                double best = phrase.bestOverlap(k < 0 ? GroundingScores.ALL_BOXES : k);
                assertThat(best).isCloseTo(at.getValue().asDouble(), within(TOLERANCE));
            });
        }
    }

    @Test
    void sentencesAndAnnotationsAreReadAsRecorded() {
        for (Path folder : Goldens.folders("metrics/flickr")) {
            FlickrEntities truth = FlickrEntities.read(folder, "test");
            JsonNode parsed = JsonClose.read(folder.resolve("expected.json")).get("parsed");
            assertThat(parsed).isNotEmpty();
            parsed.properties().forEach(entry -> {
                FlickrEntities.Picture picture =
                        Objects.requireNonNull(truth.pictures().get(entry.getKey()));
                JsonClose.assertClose(entry.getKey(), asRecorded(picture), entry.getValue(), 0);
            });
        }
    }

    private static Map<String, Object> asRecorded(FlickrEntities.Picture picture) {
        List<Map<String, Object>> sentences = picture.sentences().stream()
                .map(sentence -> Map.<String, Object>of(
                        "sentence",
                        sentence.sentence(),
                        "phrases",
                        sentence.phrases().stream()
                                .map(phrase -> Map.of(
                                        "first_word_index", phrase.firstWordIndex(),
                                        "phrase", phrase.phrase(),
                                        "phrase_id", phrase.id(),
                                        "phrase_type", phrase.types()))
                                .toList()))
                .toList();
        Map<String, Object> boxes = new LinkedHashMap<>();
        picture.boxes()
                .boxes()
                .forEach((id, list) -> boxes.put(
                        id, list.stream().map(GroundingGoldenTest::numbers).toList()));
        return Map.of(
                "sentences",
                sentences,
                "annotations",
                Map.of(
                        "width", picture.boxes().width(),
                        "height", picture.boxes().height(),
                        "depth", picture.boxes().depth(),
                        "boxes", boxes,
                        "nobox", picture.boxes().withoutBox(),
                        "scene", picture.boxes().scene()));
    }

    private static List<Double> numbers(BoxXyxy box) {
        return List.of(box.x1(), box.y1(), box.x2(), box.y2());
    }
}
