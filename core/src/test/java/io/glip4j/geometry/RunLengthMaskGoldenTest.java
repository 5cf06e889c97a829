package io.glip4j.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.Goldens;
import io.glip4j.eval.JsonClose;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Masks bit by bit as pycocotools makes them. */
class RunLengthMaskGoldenTest {
    private static final double TOLERANCE = 1e-12;

    private static void each(String section, Consumer<JsonNode> check) {
        for (Path folder : Goldens.folders("metrics/rle")) {
            JsonNode rows = JsonClose.read(folder.resolve("expected.json")).get(section);
            assertThat(rows).isNotEmpty();
            rows.forEach(check);
        }
    }

    @Test
    void pixelsToRunsToTextAndBack() {
        each("masks", row -> {
            int height = row.get("size").get(0).asInt();
            int width = row.get("size").get(1).asInt();
            boolean[] pixels = new boolean[height * width];
            if (row.has("rows")) {
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = row.get("rows").get(i / width).asText().charAt(i % width) == '1';
                }
                assertThat(RunLengthMask.ofPixels(height, width, pixels).runs()).containsExactly(ints(row.get("runs")));
            }
            RunLengthMask mask = RunLengthMask.ofRuns(height, width, ints(row.get("runs")));
            String counts = row.get("counts").asText();
            assertThat(mask.encode()).isEqualTo(counts);
            RunLengthMask decoded = RunLengthMask.decode(height, width, counts);
            assertThat(decoded).isEqualTo(mask);
            assertThat(RunLengthMask.ofPixels(height, width, decoded.pixels())).isEqualTo(mask);
            assertThat(mask.area()).isEqualTo(row.get("area").asLong());
            assertThat(mask.box()).isEqualTo(box(row.get("bbox")));
        });
    }

    @Test
    void polygonsAndTheirUnion() {
        each("polygons", row -> {
            int height = row.get("size").get(0).asInt();
            int width = row.get("size").get(1).asInt();
            List<double[]> parts = new ArrayList<>();
            for (JsonNode part : row.get("polygons")) {
                parts.add(doubles(part));
                String alone =
                        RunLengthMask.ofPolygon(height, width, doubles(part)).encode();
                String wanted = row.get("counts_each").get(parts.size() - 1).asText();
                assertThat(alone).as(row.get("name").asText()).isEqualTo(wanted);
            }
            RunLengthMask mask = new Polygons(parts).toMask(height, width);
            assertThat(mask.encode())
                    .as(row.get("name").asText())
                    .isEqualTo(row.get("counts").asText());
            assertThat(mask.area()).isEqualTo(row.get("area").asLong());
            assertThat(mask.box()).isEqualTo(box(row.get("bbox")));
        });
    }

    @Test
    void boxesToMasks() {
        each("box_masks", row -> {
            int height = row.get("size").get(0).asInt();
            int width = row.get("size").get(1).asInt();
            RunLengthMask mask = RunLengthMask.ofBox(height, width, box(row.get("bbox")));
            assertThat(mask.encode()).isEqualTo(row.get("counts").asText());
            assertThat(mask.area()).isEqualTo(row.get("area").asLong());
        });
    }

    @Test
    void overlapOfMasks() {
        each("mask_iou", matrix -> eachPair(matrix, (dt, gt, crowd) -> mask(dt).overlap(mask(gt), crowd)));
    }

    @Test
    void overlapOfBoxes() {
        each("box_iou", matrix -> eachPair(matrix, (dt, gt, crowd) -> box(dt).overlap(box(gt), crowd)));
    }

    @Test
    void merging() {
        for (Path folder : Goldens.folders("metrics/rle")) {
            JsonNode golden = JsonClose.read(folder.resolve("expected.json"));
            JsonNode pool = golden.get("mask_iou").get(0).get("dt");
            for (JsonNode row : golden.get("merge")) {
                List<RunLengthMask> masks = IntStream.of(ints(row.get("of_dt")))
                        .mapToObj(i -> mask(pool.get(i)))
                        .toList();
                RunLengthMask merged = row.get("intersect").asBoolean()
                        ? RunLengthMask.intersection(masks)
                        : RunLengthMask.union(masks);
                assertThat(merged.encode()).isEqualTo(row.get("counts").asText());
                assertThat(merged.area()).isEqualTo(row.get("area").asLong());
            }
        }
    }

    private interface Overlap {
        double of(JsonNode dt, JsonNode gt, boolean crowd);
    }

    private static void eachPair(JsonNode matrix, Overlap overlap) {
        for (int d = 0; d < matrix.get("dt").size(); d++) {
            for (int g = 0; g < matrix.get("gt").size(); g++) {
                boolean crowd = matrix.get("iscrowd").get(g).asInt() == 1;
                double found =
                        overlap.of(matrix.get("dt").get(d), matrix.get("gt").get(g), crowd);
                assertThat(found).isCloseTo(matrix.get("iou").get(d).get(g).asDouble(), within(TOLERANCE));
            }
        }
    }

    private static RunLengthMask mask(JsonNode node) {
        JsonNode size = node.get("size");
        return RunLengthMask.decode(
                size.get(0).asInt(), size.get(1).asInt(), node.get("counts").asText());
    }

    private static BoxXywh box(JsonNode node) {
        double[] numbers = doubles(node);
        return new BoxXywh(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    private static double[] doubles(JsonNode node) {
        return IntStream.range(0, node.size())
                .mapToDouble(i -> node.get(i).asDouble())
                .toArray();
    }

    private static int[] ints(JsonNode node) {
        return IntStream.range(0, node.size()).map(i -> node.get(i).asInt()).toArray();
    }
}
