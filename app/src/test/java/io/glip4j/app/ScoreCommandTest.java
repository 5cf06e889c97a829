package io.glip4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every recorded folder through the command line, under the field names of its {@code expected.json}. */
class ScoreCommandTest {
    private static final Path GOLDEN = Path.of("../core/src/test/resources/golden/metrics");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temporary;

    private final StringWriter err = new StringWriter();

    private int run(StringWriter out, List<String> arguments) {
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private JsonNode score(String metric, Path annotations, Path results, List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "score", metric, "--annotations", annotations.toString(), "--results", results.toString(), "--json"));
        arguments.addAll(options);
        StringWriter out = new StringWriter();
        assertThat(run(out, arguments)).as(err.toString()).isZero();
        return JSON.readTree(out.toString());
    }

    private static JsonNode expected(String metric) throws IOException {
        return JSON.readTree(GOLDEN.resolve(metric).resolve("expected.json").toFile());
    }

    private static String ids(JsonNode list) {
        return String.join(
                ",",
                StreamSupport.stream(list.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> everyCaseOfDetection() {
        return Stream.of("coco_bbox", "coco_segm", "lvis", "lvis_segm").flatMap(this::cases);
    }

    private Stream<DynamicTest> cases(String metric) {
        try {
            return expected(metric).get("cases").properties().stream()
                    .map(one -> DynamicTest.dynamicTest(
                            metric + " " + one.getKey(), () -> check(metric, one.getKey(), one.getValue())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(String metric, String name, JsonNode wanted) throws IOException {
        Path folder = GOLDEN.resolve(metric);
        Path results = folder;
        List<String> options = switch (name) {
            case "default", "empty_detections" -> List.of();
            case "class_agnostic" -> List.of("--use-cats", "0");
            case "image_subset" -> List.of("--image-ids", ids(wanted.at("/params/imgIds")));
            case "category_subset" -> List.of("--category-ids", ids(wanted.at("/params/catIds")));
            case "results_carry_bbox" -> List.of("--box-field", "x_bbox");
            default ->
                name.startsWith("maxdets")
                        ? List.of("--max-dets", ids(wanted.at("/params/maxDets")))
                        : List.of("--protocol", name);
        };
        if (name.equals("empty_detections")) {
            results = Files.writeString(temporary.resolve("empty.json"), "[]");
        }
        JsonNode document = score(metric, folder, results, options);
        close(name, document, wanted, 1e-6);
        if (!name.equals("empty_detections")) {
            close(name, document.at("/cases/" + name), wanted, 1e-6);
        }
    }

    @Test
    void referringAndPhraseCut() throws IOException {
        for (String metric : List.of("refseg", "phrasecut")) {
            JsonNode wanted = expected(metric).get("expected");
            Path folder = GOLDEN.resolve(metric);
            JsonNode document = score(metric, folder, folder, List.of());
            close(metric, document, wanted, 1e-9);
            close(metric, document.get("expected"), wanted, 1e-9);
        }
    }

    @Test
    void flickr() throws IOException {
        Path folder = GOLDEN.resolve("flickr");
        ObjectNode wanted = expected("flickr").deepCopy();
        wanted.retain("results", "detail", "ignored_predictions");
        close("flickr", score("flickr", folder, folder.resolve("predictions.json"), List.of()), wanted, 1e-9);
        close("flickr", score("flickr", folder.resolve("test.txt"), folder, List.of()), wanted, 1e-9);
    }

    @Test
    void questions() throws IOException {
        Path folder = GOLDEN.resolve("vqa");
        ObjectNode wanted = expected("vqa").deepCopy();
        wanted.remove(List.of("about", "tolerance"));
        wanted.get("per_question").forEach(row -> ((ObjectNode) row).remove("note"));
        close("vqa", score("vqa", folder, folder, List.of()), wanted, 1e-9);
    }

    @Test
    void captionsAndWhatTheyLack() throws IOException {
        Path folder = GOLDEN.resolve("caption");
        ObjectNode wanted = expected("caption").deepCopy();
        wanted.retain("contents", "corpus", "per_image", "tokens");
        List<String> outside = List.of("METEOR", "METEOR_statistics", "METEOR_exact_stem_synonym", "SPICE");
        ((ObjectNode) wanted.get("corpus")).remove(outside);
        wanted.get("per_image").forEach(row -> ((ObjectNode) row).remove(outside));
        JsonNode document = score("caption", folder, folder, List.of());
        close("caption", document, wanted, 1e-9);
        assertThat(document.at("/not_computed/SPICE").asText()).contains("give that folder");
    }

    @Test
    void aTableHasTheQuotedNumbers() {
        StringWriter out = new StringWriter();
        String folder = GOLDEN.resolve("coco_bbox").toString();

        assertThat(run(out, List.of("score", "coco_bbox", "--annotations", folder, "--results", folder)))
                .isZero();
        assertThat(out.toString()).containsPattern("AP50 +0\\.56").doesNotContain("precision_raw");
    }

    @Test
    void callersMistakesExitWithTwo() {
        String folder = GOLDEN.resolve("coco_bbox").toString();
        for (List<String> wrong : List.of(
                List.of("coco", "--annotations", folder, "--results", folder),
                List.of("coco_bbox", "--annotations", folder, "--results", "no-such.json"),
                List.of("coco_bbox", "--annotations", folder, "--results", folder, "--use-cats", "2"),
                List.of("coco_bbox", "--annotations", folder, "--results", folder, "--max-dets", "0"),
                List.of("lvis", "--annotations", folder, "--results", folder, "--protocol", "fixed_ap_0"),
                List.of("lvis", "--annotations", folder, "--results", folder))) {
            List<String> arguments = new ArrayList<>(List.of("score"));
            arguments.addAll(wrong);
            assertThat(run(new StringWriter(), arguments))
                    .as(String.join(" ", wrong))
                    .isEqualTo(2);
        }
        assertThat(err.toString()).doesNotContain("at io.glip4j");
    }

    /** Every recorded field must be there with this value; others may be there too. */
    private static void close(String where, JsonNode actual, JsonNode wanted, double tolerance) {
        if (wanted.isNumber()) {
            double allowed = tolerance * Math.max(1, Math.abs(wanted.asDouble()));
            assertThat(actual.isNumber() && Math.abs(actual.asDouble() - wanted.asDouble()) <= allowed)
                    .as(where + ": wanted " + wanted + ", got " + actual)
                    .isTrue();
        } else if (wanted.isObject()) {
            for (Map.Entry<String, JsonNode> field : wanted.properties()) {
                close(where + "." + field.getKey(), actual.path(field.getKey()), field.getValue(), tolerance);
            }
        } else if (wanted.isArray()) {
            assertThat(actual.size()).as(where).isEqualTo(wanted.size());
            for (int i = 0; i < wanted.size(); i++) {
                close(where + "[" + i + "]", actual.path(i), wanted.get(i), tolerance);
            }
        } else {
            assertThat(actual).as(where).isEqualTo(wanted);
        }
    }
}
