package io.glip4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thresholds from two of the example pictures, by the embedded model. */
class CalibrateCommandTest {
    private static final String PICTURES = "../examples/pictures";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String set = "";

    @BeforeEach
    void write() throws IOException {
        set = Files.writeString(folder.resolve("set.json"), """
                        {"images": [{"id": 1, "file_name": "cat.jpg", "width": 451, "height": 300},
                                    {"id": 2, "file_name": "coffee.jpg", "width": 600, "height": 400}],
                         "categories": [{"id": 1, "name": "cat"}, {"id": 2, "name": "cup"}, {"id": 3, "name": "dog"}],
                         "annotations": [
                           {"id": 1, "image_id": 1, "category_id": 1, "bbox": [60, 10, 330, 280], "area": 92400},
                           {"id": 2, "image_id": 2, "category_id": 2, "bbox": [150, 60, 300, 280], "area": 84000}]}""").toString();
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void nothingAbsentIsFoundByTheThresholdsFittedToThesePictures() throws IOException {
        String run = folder.resolve("run").toString();
        assertThat(run("calibrate", "--annotations", set, "--images", PICTURES, "--out", run, "--false-alarms", "0.3"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("thresholds.json: 0 phrases with a threshold of their own");
        String thresholds = folder.resolve("run/thresholds.json").toString();

        String eval = folder.resolve("eval").toString();
        assertThat(run(
                        "eval",
                        "--data",
                        "absent-json",
                        "--annotations",
                        set,
                        "--images",
                        PICTURES,
                        "--thresholds",
                        thresholds,
                        "--out",
                        eval,
                        "--json"))
                .as(err.toString())
                .isZero();
        JsonNode scores = new ObjectMapper().readTree(out.toString());
        assertThat(scores.get("absent_names").asInt()).isEqualTo(4);
        assertThat(scores.get("false_alarms_per_picture").asDouble()).isZero();

        String absent = "dog. cup"; // as it was asked above: thresholds hold for prompts like those they were set with
        assertThat(run("ground", PICTURES + "/cat.jpg", "--prompt", absent, "--thresholds", thresholds))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).doesNotContain("dog");
    }

    @Test
    void thresholdsOfAnotherModelExitWithTwo() throws IOException {
        Path other = Files.writeString(
                folder.resolve("other.json"), "{\"model\": \"0123\", \"others\": 0.5, \"phrases\": {}}");
        String cat = PICTURES + "/cat.jpg";
        assertThat(run("ground", cat, "--prompt", "cat", "--thresholds", other.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("got those of 0123").doesNotContain("at io.glip4j");
    }

    @Test
    void tooFewPicturesExitWithTwo() {
        String run = folder.resolve("few").toString();
        assertThat(run("calibrate", "--annotations", set, "--images", PICTURES, "--out", run))
                .isEqualTo(2);
        assertThat(err.toString()).contains("wanted at least 19 absent names");
    }
}
