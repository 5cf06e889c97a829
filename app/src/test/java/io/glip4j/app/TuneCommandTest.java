package io.glip4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.model.BertConfig;
import io.glip4j.model.FusionConfig;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.ImageConfig;
import io.glip4j.model.PostProcessConfig;
import io.glip4j.model.SwinConfig;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.train.TrainConfig;
import io.glip4j.train.TrainableModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuneCommandTest {
    private static final GlipConfig SMALL = new GlipConfig(
            "small",
            new ImageConfig(64, 96, 32),
            new SwinConfig(SwinConfig.Version.V1, 12, List.of(1, 1, 1, 1), List.of(1, 2, 3, 4), 5, false, 0),
            new BertConfig(30_522, 24, 1, 2, 48, 64, 48),
            new FusionConfig(1, 32, 8, 64, 4, 0),
            PostProcessConfig.PUBLISHED,
            Set.of());

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(List<String> arguments) {
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    @Test
    void tunesForEverySeedOnceAndReports() throws Exception {
        Path model = folder.resolve("small.safetensors");
        try (TrainableModel small = TrainableModel.fresh(SMALL, 5)) {
            small.write(model, TrainConfig.published(1), Precision.FULL);
        }
        Path boxes = folder.resolve("boxes.json");
        Files.writeString(boxes, """
                {"images": [{"id": 1, "file_name": "cat.jpg", "width": 451, "height": 300},
                            {"id": 2, "file_name": "coffee.jpg", "width": 600, "height": 400}],
                 "categories": [{"id": 1, "name": "cat"}, {"id": 2, "name": "cup"}],
                 "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 451, 300], "area": 135300,
                                  "iscrowd": 0},
                                 {"id": 2, "image_id": 2, "category_id": 2, "bbox": [9, 9, 400, 300], "area": 120000,
                                  "iscrowd": 0}]}
                """);
        List<String> tune = new ArrayList<>(List.of("tune", "--model", model.toString(), "--mode", "linear_probe"));
        tune.addAll(List.of("--name", "things", "--other", "others", "--other-annotations", boxes.toString()));
        tune.addAll(List.of("--other-images", "../examples/pictures", "--other-first", "1"));
        for (String set : List.of("--", "--validation-")) {
            tune.addAll(List.of(set + "annotations", boxes.toString(), set + "images", "../examples/pictures"));
        }
        tune.addAll(List.of("--steps", "2", "--evaluate-every", "1", "--batch", "1", "--sizes", "64"));
        tune.addAll(List.of(
                "--shots",
                "1,0",
                "--seeds",
                "3",
                "--out",
                folder.resolve("runs").toString()));

        assertThat(run(tune)).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("zero-shot  AP 0.0", "zero-shot on others  AP", "linear_probe  1 shot  seed 3")
                .contains("| pictures of each class | linear probe |", "| all |", "others after tuning, box AP");
        assertThat(folder.resolve("runs/tune.png")).isNotEmptyFile();
        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("runs/report.json").toFile());
        assertThat(report.get("runs")).hasSize(2);
        assertThat(report.at("/runs/0/mode").asText()).isEqualTo("linear_probe");
        Path one = folder.resolve("runs/linear_probe-1-seed-3");
        assertThat(one.resolve("model.safetensors")).exists();
        try (var files = Files.list(one)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("few-shot.json", "model.safetensors", "result.json");
        }

        Files.writeString(one.resolve("result.json"), """
                {"mode": "linear_probe", "shots": 1, "seed": 3, "step": 7, "ap": 0.75, "others": {"others": 0.25}}
                """);
        out.getBuffer().setLength(0);
        assertThat(run(tune)).as(err.toString()).isZero();
        assertThat(out.toString())
                .as("a run that is there is not done again")
                .contains("AP 0.750 at step 7", "0.250 (+0.250)");

        List<String> words = new ArrayList<>(tune);
        words.set(words.indexOf("linear_probe"), "linear_probe,prompt");
        out.getBuffer().setLength(0);
        assertThat(run(words)).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("| pictures of each class | linear probe | prompt |", "as it was")
                .contains("With the prompt, cat, cup would be asked for as tuned");
        Path prompt = folder.resolve("runs/prompt-1-seed-3/prompt.safetensors");
        assertThat(prompt).exists();
        assertThat(folder.resolve("runs/prompt-1-seed-3/model.safetensors")).doesNotExist();
        List<String> ground = List.of("ground", "../examples/pictures/cat.jpg", "--tuned", prompt.toString());
        List<String> withModel = new ArrayList<>(ground);
        withModel.addAll(List.of("--model", model.toString()));
        assertThat(run(withModel)).as(err.toString()).isZero();
        assertThat(run(ground)).as("tuned for another model").isEqualTo(2);
        assertThat(err.toString()).contains("wanted a prompt tuned for the model");

        refused(tune, "--steps", "0", "of at least 1, got 0, 1, 3 and 1");
        refused(tune, "--steps", "9", "settings of the runs that are there, steps 2, got 9");
        refused(tune, "--shots", "-1", "wanted shots of at least 0");
        refused(tune, "--other-first", "0", "wanted to measure at least the first picture, got 0");
        List<String> twice = new ArrayList<>(tune);
        twice.addAll(List.of("--other", "others", "--other-annotations", boxes.toString()));
        twice.addAll(List.of("--other-images", "../examples/pictures"));
        assertThat(run(twice)).isEqualTo(2);
        assertThat(err.toString()).contains("wanted another name for each --other set, got 'others' twice");
        assertThat(run(List.of("tune", "--other", "others")))
                .as("a set without pictures")
                .isEqualTo(2);
    }

    private void refused(List<String> arguments, String option, String value, String message) {
        List<String> bad = new ArrayList<>(arguments);
        bad.set(bad.indexOf(option) + 1, value);
        assertThat(run(bad)).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }
}
