package io.glip4j.eval.detection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.Goldens;
import io.glip4j.eval.JsonClose;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All recorded cases of lvis-api and of fixed AP. */
class LvisGoldenTest {
    private static final double TOLERANCE = 1e-6;

    @TempDir
    Path temporary;

    @Test
    void everyCaseOfTheBoxFolder() {
        checkCases("metrics/lvis", OverlapKind.BOX);
    }

    @Test
    void everyCaseOfTheMaskFolder() {
        checkCases("metrics/lvis_segm", OverlapKind.MASK);
    }

    private static void checkCases(String name, OverlapKind kind) {
        for (Path folder : Goldens.folders(name)) {
            Truth truth = TruthReader.read(folder.resolve("gt.json"), kind);
            List<ScoredObject> results = ResultReader.read(folder.resolve("dt.json"), kind);
            JsonNode cases = JsonClose.read(folder.resolve("expected.json")).get("cases");
            assertThat(cases.size()).isGreaterThanOrEqualTo(2);
            for (Map.Entry<String, JsonNode> one : cases.properties()) {
                check(one.getKey(), truth, results, kind, protocol(one.getKey()), one.getValue());
            }
        }
    }

    private static LvisProtocol protocol(String name) {
        String limit = name.substring(name.lastIndexOf('_') + 1);
        if (limit.equals("unlimited")) {
            return LvisProtocol.UNLIMITED;
        }
        int most = Integer.parseInt(limit);
        return name.startsWith("fixed") ? new LvisProtocol.BestOfCategory(most) : new LvisProtocol.PerImage(most);
    }

    @Test
    void everyMicroCase() {
        for (Path folder : Goldens.folders("metrics/lvis")) {
            JsonNode cases = JsonClose.read(folder.resolve("micro.json"));
            assertThat(cases.size()).isGreaterThanOrEqualTo(12);
            for (JsonNode one : cases) {
                Path truth = JsonClose.write(temporary.resolve("gt.json"), one.get("gt"));
                Path results = JsonClose.write(temporary.resolve("dt.json"), one.get("dt"));
                int limit = one.get("limit").asInt();
                check(
                        one.get("name").asText(),
                        TruthReader.read(truth, OverlapKind.BOX),
                        ResultReader.read(results, OverlapKind.BOX),
                        OverlapKind.BOX,
                        one.get("mode").asText().equals("standard")
                                ? new LvisProtocol.PerImage(limit)
                                : new LvisProtocol.BestOfCategory(limit),
                        one.get("expected"));
            }
        }
    }

    private static void check(
            String name,
            Truth truth,
            List<ScoredObject> results,
            OverlapKind kind,
            LvisProtocol protocol,
            JsonNode expected) {
        LvisScores scores = LvisEvaluation.evaluate(truth, results, kind, protocol);
        Map<String, Object> actual = new LinkedHashMap<>();
        actual.put("results", scores.results());
        actual.put("per_category_AP", scores.perCategory());
        actual.put("categories_counted", scores.categoriesCounted());
        actual.put("detections_judged", scores.detectionsJudged());
        actual.put("detections_after_limit", scores.detectionsAfterLimit());
        JsonClose.assertClose(name, actual, expected, TOLERANCE);
        assertThat(scores.perCategory()).as(name).hasSameSizeAs(expected.get("per_category_AP"));
    }
}
