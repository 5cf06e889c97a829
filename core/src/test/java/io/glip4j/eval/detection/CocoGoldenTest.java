package io.glip4j.eval.detection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glip4j.Goldens;
import io.glip4j.eval.JsonClose;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All recorded cases of pycocotools, boxes and masks. */
class CocoGoldenTest {
    private static final double TOLERANCE = 1e-6;

    @TempDir
    Path temporary;

    @Test
    void everyCaseOfTheBoxFolder() {
        for (Path folder : Goldens.folders("metrics/coco_bbox")) {
            checkCases(folder, OverlapKind.BOX);
        }
    }

    @Test
    void everyCaseOfTheMaskFolder() {
        for (Path folder : Goldens.folders("metrics/coco_segm")) {
            checkCases(folder, OverlapKind.MASK);
        }
    }

    private void checkCases(Path folder, OverlapKind kind) {
        Truth truth = TruthReader.read(folder.resolve("gt.json"), kind);
        JsonNode cases = JsonClose.read(folder.resolve("expected.json")).get("cases");
        for (Map.Entry<String, JsonNode> one : cases.properties()) {
            Path results = folder.resolve("dt.json");
            if (one.getKey().equals("empty_detections")) {
                results = JsonClose.write(temporary.resolve("empty.json"), JsonNodeFactory.instance.arrayNode());
            } else if (one.getKey().equals("results_carry_bbox")) {
                results = withBoxes(results);
            }
            check(one.getKey(), truth, results, one.getValue(), kind);
        }
    }

    private Path withBoxes(Path results) {
        JsonNode renamed = JsonClose.read(results);
        renamed.forEach(result -> ((ObjectNode) result).set("bbox", ((ObjectNode) result).remove("x_bbox")));
        return JsonClose.write(temporary.resolve("with-boxes.json"), renamed);
    }

    @Test
    void everyMicroCase() {
        for (Path folder : Goldens.folders("metrics/coco_bbox")) {
            JsonNode cases = JsonClose.read(folder.resolve("micro.json"));
            assertThat(cases.size()).isGreaterThan(15);
            for (JsonNode one : cases) {
                Path truth = JsonClose.write(temporary.resolve("gt.json"), one.get("gt"));
                Path results = JsonClose.write(temporary.resolve("dt.json"), one.get("dt"));
                check(
                        one.get("name").asText(),
                        TruthReader.read(truth, OverlapKind.BOX),
                        results,
                        one.get("expected"),
                        OverlapKind.BOX);
            }
        }
    }

    private static void check(String name, Truth truth, Path results, JsonNode expected, OverlapKind kind) {
        CocoParameters parameters = parameters(expected.get("params"), kind);
        DetectionScores scores = CocoEvaluation.evaluate(truth, ResultReader.read(results, kind), parameters);
        CocoSummary summary = new CocoSummary(scores);
        Map<String, Object> actual = new LinkedHashMap<>();
        actual.put("stats_official", summary.official());
        actual.put("stats_last_maxdet", summary.atLastLimit());
        actual.put("by_iou", summary.byIou());
        actual.put("per_category", summary.perCategory());
        actual.put("mean_precision_curve", summary.meanPrecisionCurves());
        ObjectNode wanted = expected.deepCopy();
        wanted.remove(List.of("params", "precision_raw", "recall_raw"));
        assertThat(wanted.size()).isGreaterThanOrEqualTo(4);
        JsonClose.assertClose(name, actual, wanted, TOLERANCE);
        for (Map.Entry<String, JsonNode> raw : expected.path("precision_raw").properties()) {
            long category = Long.parseLong(raw.getKey());
            JsonClose.assertClose(name + " precision", summary.precision(category), raw.getValue(), TOLERANCE);
            JsonClose.assertClose(
                    name + " recall",
                    summary.recall(category),
                    expected.get("recall_raw").get(raw.getKey()),
                    TOLERANCE);
        }
    }

    private static CocoParameters parameters(JsonNode params, OverlapKind kind) {
        List<Integer> limits = StreamSupport.stream(params.get("maxDets").spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
        CocoParameters parameters = CocoParameters.official(kind)
                .withMaxDetections(limits)
                .withUseCategories(params.get("useCats").asInt() == 1);
        if (params.get("imgIds") instanceof ArrayNode ids) {
            parameters = parameters.withImages(ids(ids));
        }
        return params.get("catIds") instanceof ArrayNode ids ? parameters.withCategories(ids(ids)) : parameters;
    }

    private static Set<Long> ids(ArrayNode list) {
        Set<Long> ids = new HashSet<>();
        list.forEach(id -> ids.add(id.asLong()));
        return ids;
    }
}
