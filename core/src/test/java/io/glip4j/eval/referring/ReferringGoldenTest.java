package io.glip4j.eval.referring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.Goldens;
import io.glip4j.data.SegmentationReader;
import io.glip4j.eval.JsonClose;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Referring segmentation and PhraseCut as recorded; PhraseCut with our own drawing of the polygons. */
class ReferringGoldenTest {
    @Test
    void referringMasks() {
        for (Path folder : Goldens.folders("metrics/refseg")) {
            Path items = folder.resolve("items.json");
            OverlapScores scores = ReferringEvaluation.evaluate(items, items);
            JsonNode expected = JsonClose.read(folder.resolve("expected.json")).get("expected");
            JsonClose.assertClose(
                    "refseg",
                    Map.of(
                            "items", scores.overlaps().size(),
                            "cumulative_iou", scores.cumulative(),
                            "mean_iou", scores.mean(),
                            "precision_at", scores.precisionAt(),
                            "precision_at_strict", scores.precisionAbove()),
                    expected,
                    1e-12);
            JsonNode rows = JsonClose.read(items);
            for (int i = 0; i < rows.size(); i++) {
                MaskOverlap overlap = scores.overlaps().get(i);
                JsonNode wanted = rows.get(i).get("expected");
                assertThat(overlap.intersection())
                        .isEqualTo(wanted.get("intersection").asLong());
                assertThat(overlap.union()).isEqualTo(wanted.get("union").asLong());
                assertThat(overlap.ratio()).isCloseTo(wanted.get("iou").asDouble(), within(1e-12));
            }
        }
    }

    @Test
    void phraseCut() {
        for (Path folder : Goldens.folders("metrics/phrasecut")) {
            Path images = folder.resolve("images.json");
            PhraseCutScores scores = PhraseCutEvaluation.evaluate(images, images);
            JsonNode expected = JsonClose.read(folder.resolve("expected.json")).get("expected");
            JsonClose.assertClose(
                    "phrasecut",
                    Map.of(
                            "tasks", scores.tasks().size(),
                            "tasks_with_prediction", scores.masks().overlaps().size(),
                            "mean_mask_iou", scores.masks().mean(),
                            "cum_mask_iou", scores.masks().cumulative(),
                            "precision_mask", scores.masks().precisionAbove(),
                            "mean_box_iou", scores.boxes().mean(),
                            "precision_box", scores.boxes().precisionAbove(),
                            "mean_mask_iou_missing_as_empty", scores.meanMaskWithMissing(),
                            "mean_box_iou_missing_as_empty", scores.meanBoxWithMissing()),
                    expected,
                    1e-9);
        }
    }

    @Test
    void polygonsAreDrawnPixelByPixelAsRecorded() {
        for (Path folder : Goldens.folders("metrics/phrasecut")) {
            int compared = 0;
            for (JsonNode image : JsonClose.read(folder.resolve("images.json"))) {
                for (JsonNode task : image.get("tasks")) {
                    String drawn = PhraseCutEvaluation.draw(
                                    image.get("height").asInt(),
                                    image.get("width").asInt(),
                                    task.get("Polygons"))
                            .encode();
                    String wanted = SegmentationReader.mask(task.at("/expected/gt_mask"))
                            .encode();
                    assertThat(drawn).as(task.get("task_id").asText()).isEqualTo(wanted);
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(40);
        }
    }
}
