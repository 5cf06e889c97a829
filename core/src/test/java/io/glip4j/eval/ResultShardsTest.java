package io.glip4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.glip4j.GlipException;
import io.glip4j.Goldens;
import io.glip4j.eval.detection.LvisProtocol;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that share out the pictures give the numbers of one. */
class ResultShardsTest {
    @TempDir
    Path temporary;

    private static List<String> pictures(Path annotations) {
        List<String> ids = new ArrayList<>();
        JsonClose.read(annotations)
                .get("images")
                .forEach(image -> ids.add(image.get("id").asText()));
        return ids;
    }

    private Path merged(Path folder, int shards) {
        List<String> ids = pictures(folder.resolve("gt.json"));
        JsonNode results = JsonClose.read(folder.resolve("dt.json"));
        List<Path> files = new ArrayList<>();
        for (int shard = shards - 1; shard >= 0; shard--) {
            Set<String> mine = new HashSet<>(ResultShards.part(ids, shard, shards));
            ArrayNode part = JsonNodeFactory.instance.arrayNode();
            results.forEach(result -> {
                if (mine.contains(result.get("image_id").asText())) {
                    part.add(result);
                }
            });
            files.add(JsonClose.write(temporary.resolve("shard-" + shard + ".json"), part));
        }
        Path all = temporary.resolve("merged-" + shards + ".json");
        ResultShards.merge(files, "image_id", ids, all);
        assertThat(JsonClose.read(all).size()).isEqualTo(results.size());
        return all;
    }

    @Test
    void cocoAndLvisNumbersStayTheSame() {
        for (Path folder : Goldens.folders("metrics/coco_bbox")) {
            Path truth = folder.resolve("gt.json");
            ScoreOptions options = ScoreOptions.OFFICIAL;
            Object whole = Score.run(Metric.COCO_BBOX, truth, folder.resolve("dt.json"), options);
            assertThat((Object) Score.run(Metric.COCO_BBOX, truth, merged(folder, 3), options))
                    .isEqualTo(whole);
        }
        for (Path folder : Goldens.folders("metrics/lvis")) {
            Path truth = folder.resolve("gt.json");
            ScoreOptions options = ScoreOptions.OFFICIAL.withLvis(new LvisProtocol.BestOfCategory(20));
            JsonNode wanted = JsonClose.read(folder.resolve("expected.json")).at("/cases/fixed_ap_20");
            JsonClose.assertClose("fixed", Score.run(Metric.LVIS, truth, merged(folder, 2), options), wanted, 1e-6);
        }
    }

    @Test
    void onePictureInTwoFilesIsRefused() {
        Path folder = Goldens.folders("metrics/coco_bbox").get(0);
        JsonNode results = JsonClose.read(folder.resolve("dt.json"));
        Path one = JsonClose.write(
                temporary.resolve("one.json"),
                JsonNodeFactory.instance.arrayNode().add(results.get(0)));
        Path two = JsonClose.write(
                temporary.resolve("two.json"),
                JsonNodeFactory.instance.arrayNode().add(results.get(0)));
        assertThatThrownBy(
                        () -> ResultShards.merge(List.of(one, two), "image_id", List.of(), temporary.resolve("m.json")))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("in one file");
    }
}
