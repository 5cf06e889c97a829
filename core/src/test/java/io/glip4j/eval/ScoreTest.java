package io.glip4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glip4j.GlipException;
import io.glip4j.Goldens;
import io.glip4j.eval.detection.LvisProtocol;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The facade prints the field names and numbers of every recorded folder. */
class ScoreTest {
    private static Map<String, Object> run(Metric metric, Path folder, ScoreOptions options) {
        return Score.run(metric, folder, folder, options);
    }

    private static JsonNode expected(Path folder) {
        return JsonClose.read(folder.resolve("expected.json"));
    }

    private static JsonNode contents(Path folder) {
        ObjectNode wanted = expected(folder).deepCopy();
        return wanted.retain("contents");
    }

    @Test
    void cocoBoxesAndMasks() {
        for (Metric metric : List.of(Metric.COCO_BBOX, Metric.COCO_SEGM)) {
            for (Path folder : Goldens.folders("metrics/" + metric.label())) {
                JsonClose.assertClose("counts", run(metric, folder, ScoreOptions.OFFICIAL), contents(folder), 0);
                JsonNode cases = expected(folder).get("cases");
                JsonClose.assertClose(
                        "default", run(metric, folder, ScoreOptions.OFFICIAL), cases.get("default"), 1e-6);
                ScoreOptions few = ScoreOptions.OFFICIAL.withMaxDetections(List.of(2, 5, 20));
                JsonClose.assertClose("few", run(metric, folder, few), cases.get("maxdets_2_5_20"), 1e-6);
                ScoreOptions agnostic = ScoreOptions.OFFICIAL.withUseCategories(false);
                JsonClose.assertClose("agnostic", run(metric, folder, agnostic), cases.get("class_agnostic"), 1e-6);
            }
        }
    }

    @Test
    void lvisBoxesAndMasks() {
        for (Path folder : Goldens.folders("metrics/lvis")) {
            JsonClose.assertClose("counts", run(Metric.LVIS, folder, ScoreOptions.OFFICIAL), contents(folder), 0);
            JsonNode cases = expected(folder).get("cases");
            JsonClose.assertClose(
                    "300", run(Metric.LVIS, folder, ScoreOptions.OFFICIAL), cases.get("standard_300"), 1e-6);
            ScoreOptions fixed = ScoreOptions.OFFICIAL.withLvis(new LvisProtocol.BestOfCategory(20));
            JsonClose.assertClose("fixed", run(Metric.LVIS, folder, fixed), cases.get("fixed_ap_20"), 1e-6);
        }
        for (Path folder : Goldens.folders("metrics/lvis_segm")) {
            JsonNode cases = expected(folder).get("cases");
            JsonClose.assertClose(
                    "masks", run(Metric.LVIS_SEGM, folder, ScoreOptions.OFFICIAL), cases.get("standard_300"), 1e-6);
        }
    }

    @Test
    void flickr() {
        for (Path folder : Goldens.folders("metrics/flickr")) {
            ObjectNode wanted = expected(folder).deepCopy();
            wanted.remove(List.of("about", "protocols", "tolerance"));
            JsonClose.assertClose("flickr", run(Metric.FLICKR, folder, ScoreOptions.OFFICIAL), wanted, 1e-9);
        }
    }

    @Test
    void vqaWithAllFields() {
        for (Path folder : Goldens.folders("metrics/vqa")) {
            ObjectNode wanted = expected(folder).deepCopy();
            wanted.remove(List.of("about", "tolerance"));
            wanted.get("per_question").forEach(row -> ((ObjectNode) row).remove("note"));
            JsonClose.assertClose("vqa", run(Metric.VQA, folder, ScoreOptions.OFFICIAL), wanted, 1e-9);
        }
    }

    @Test
    void referringAndPhraseCut() {
        for (Path folder : Goldens.folders("metrics/refseg")) {
            JsonClose.assertClose(
                    "refseg",
                    run(Metric.REFSEG, folder, ScoreOptions.OFFICIAL),
                    expected(folder).get("expected"),
                    1e-12);
        }
        for (Path folder : Goldens.folders("metrics/phrasecut")) {
            JsonClose.assertClose(
                    "phrasecut",
                    run(Metric.PHRASECUT, folder, ScoreOptions.OFFICIAL),
                    expected(folder).get("expected"),
                    1e-9);
        }
    }

    @Test
    void captionsFromTextToNumbers() {
        for (Path folder : Goldens.folders("metrics/caption")) {
            Map<String, Object> actual = run(Metric.CAPTION, folder, ScoreOptions.OFFICIAL);
            ObjectNode wanted = expected(folder).deepCopy();
            wanted.retain("tokens", "corpus", "per_image");
            List<String> needsResources = List.of("METEOR", "METEOR_statistics", "METEOR_exact_stem_synonym", "SPICE");
            ((ObjectNode) wanted.get("corpus")).remove(needsResources);
            wanted.get("per_image").forEach(row -> ((ObjectNode) row).remove(needsResources));
            JsonClose.assertClose("caption", actual, wanted, 1e-9);
        }
    }

    @Test
    void whatACaptionScoreLacksIsNamedAndNeverApproximated() {
        Path folder = Goldens.folders("metrics/caption").get(0);
        JsonNode found = JsonClose.tree(run(Metric.CAPTION, folder, ScoreOptions.OFFICIAL));
        assertThat(found.get("not_computed").get("METEOR").asText()).contains("paraphrase table");
        assertThat(found.get("not_computed").get("SPICE").asText()).contains("CoreNLP");
        assertThat(found.get("corpus").has("METEOR")).isFalse();
        assertThat(found.get("corpus").has("SPICE")).isFalse();
        for (ScoreOptions wrong :
                List.of(ScoreOptions.OFFICIAL.withMeteor(folder), ScoreOptions.OFFICIAL.withSpice(folder))) {
            assertThatThrownBy(() -> run(Metric.CAPTION, folder, wrong))
                    .isInstanceOf(GlipException.class)
                    .hasMessageContaining("pycocoevalcap has it");
        }
    }

    @Test
    void namesOfMetrics() {
        for (Metric metric : Metric.values()) {
            assertThat(Metric.of(metric.label())).isEqualTo(metric);
        }
        assertThatThrownBy(() -> Metric.of("coco"))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("coco_bbox, coco_segm")
                .hasMessageContaining("got coco");
        assertThat(Set.copyOf(List.of(Metric.values()))).hasSize(9);
    }
}
