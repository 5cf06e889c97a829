package io.glip4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.input.PictureReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands, and what callers get wrong. */
class MainTest {
    private static final String CAT = "../examples/pictures/cat.jpg";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void groundsAndDraws(@TempDir Path folder) {
        Path drawn = folder.resolve("cat.png");

        assertThat(run("ground", CAT, "--prompt", "kitten. bottle", "--out", drawn.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).containsOnlyOnce("kitten").doesNotContain("bottle");
        assertThat(PictureReader.DEFAULT.read(drawn).width()).isEqualTo(451);
    }

    @Test
    void cutsThingsOut(@TempDir Path folder) {
        Path drawn = folder.resolve("masked.png");
        Path masks = folder.resolve("masks");

        assertThat(run(
                        "segment",
                        "../examples/pictures/astronaut.jpg",
                        "--prompt",
                        "person",
                        "--best",
                        "--out",
                        drawn.toString(),
                        "--masks",
                        masks.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).containsOnlyOnce("person");
        assertThat(PictureReader.DEFAULT.read(drawn).width()).isEqualTo(512);
        assertThat(masks).isDirectoryContaining("glob:**.png");
    }

    @Test
    void printsJson() throws Exception {
        assertThat(run("ground", CAT, "--prompt", "cat", "--json")).isZero();

        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("width").asInt()).isEqualTo(451);
        JsonNode first = json.get("detections").get(0);
        assertThat(first.get("phrase").asText()).isEqualTo("cat");
        assertThat(first.get("box")).hasSize(4);
        assertThat(first.get("span").get(1).asInt()).isEqualTo(3);
    }

    @Test
    void aFolderGoesOnPastABadFile(@TempDir Path folder) throws Exception {
        Files.copy(Path.of(CAT), folder.resolve("good.jpg"));
        Files.writeString(folder.resolve("bad.jpg"), "no picture");
        Path drawn = folder.resolve("drawn");

        assertThat(run("ground", folder.toString(), "--caption", "a cat", "--out", drawn.toString()))
                .isEqualTo(2);
        assertThat(drawn.resolve("good.jpg.png")).exists();
        assertThat(err.toString()).contains("bad.jpg");
    }

    @Test
    void callersMistakesExitWithTwoAndOneLine() {
        assertThat(run("ground", "no-such.jpg", "--prompt", "cat")).isEqualTo(2);
        assertThat(run("ground", CAT, "--prompt", " ")).isEqualTo(2);
        assertThat(run("ground", CAT)).isEqualTo(2);
        assertThat(run("ground", CAT, "--caption", "a cat", "--phrase", "dog")).isEqualTo(2);
        assertThat(run("ground", CAT, "--prompt", "cat", "--threshold", "3")).isEqualTo(2);
        assertThat(run("convert", CAT, "x.safetensors")).isEqualTo(2);
        assertThat(err.toString()).doesNotContain("at io.glip4j");
    }

    /** A short run on three photographs: the loss falls, and the model it writes grounds. */
    @Test
    void trainsAndGroundsWithWhatItTrained(@TempDir Path folder) throws Exception {
        Path annotations = folder.resolve("train.json");
        Files.writeString(annotations, """
                {"images": [{"id": 1, "file_name": "cat.jpg", "width": 451, "height": 300},
                            {"id": 2, "file_name": "astronaut.jpg", "width": 512, "height": 512},
                            {"id": 3, "file_name": "coffee.jpg", "width": 600, "height": 400}],
                 "categories": [{"id": 1, "name": "sleepy animal"}, {"id": 2, "name": "orange suit"},
                                {"id": 3, "name": "hot drink"}],
                 "annotations": [
                   {"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 451, 300], "area": 135300, "iscrowd": 0},
                   {"id": 2, "image_id": 2, "category_id": 2, "bbox": [5, 260, 350, 250], "area": 87500, "iscrowd": 0},
                   {"id": 3, "image_id": 3, "category_id": 3, "bbox": [165, 20, 260, 265], "area": 68900,
                    "iscrowd": 0}]}
                """);
        Path runs = folder.resolve("run");

        int code = run(
                "train",
                "--data",
                "coco-json",
                "--annotations",
                annotations.toString(),
                "--images",
                "../examples/pictures",
                "--out",
                runs.toString(),
                "--steps",
                "40",
                "--batch",
                "2",
                "--sizes",
                "128",
                "--rate",
                "1e-3");

        assertThat(code).as(err.toString()).isZero();
        List<Double> losses = new ArrayList<>();
        for (String line : Files.readAllLines(runs.resolve("log.jsonl"))) {
            losses.add(new ObjectMapper().readTree(line).get("total").asDouble());
        }
        assertThat(PictureReader.DEFAULT.read(runs.resolve("losses.png")).width())
                .isEqualTo(900);
        assertThat(losses.get(losses.size() - 1)).isLessThan(0.9 * losses.get(0));
        assertThat(run(
                        "ground",
                        CAT,
                        "--prompt",
                        "sleepy animal",
                        "--threshold",
                        "0.05",
                        "--model",
                        runs.resolve("model.safetensors").toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("sleepy animal");
    }

    @Test
    void verifiesARecordedCase() {
        assertThat(run("verify", "../core/src/test/resources/golden/model/glip_window"))
                .as(out + "" + err)
                .isZero();
        assertThat(out.toString()).contains("1 cases passed");
    }
}
