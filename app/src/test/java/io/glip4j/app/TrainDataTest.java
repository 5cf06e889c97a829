package io.glip4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code glip train} says of data sets; that a loss falls is {@code MainTest}'s. */
class TrainDataTest {
    private static final String LINES = """
            {"image": "cat.jpg", "caption": "a cat", "regions": [{"phrase": "cat", "bbox": [60, 10, 390, 290]}]}
            {"image": "gone.jpg", "caption": "a dog", "regions": [{"phrase": "dog", "bbox": [60, 10, 390, 290]}]}
            """;
    private static final String COCO = """
            {"images": [{"id": 1, "file_name": "cat.jpg", "width": 451, "height": 300, "neg_category_ids": [2],
                         "not_exhaustive_category_ids": []}],
             "categories": [{"id": 1, "name": "cat"}, {"id": 2, "name": "dog"}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [60, 10, 330, 280]}]}""";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String lines = "";
    private String coco = "";

    @BeforeEach
    void write() throws IOException {
        lines = Files.writeString(folder.resolve("pairs.jsonl"), LINES).toString();
        coco = Files.writeString(folder.resolve("coco.json"), COCO).toString();
    }

    private int train(String... data) {
        List<String> all = new ArrayList<>(List.of("train", "--steps", "2", "--batch", "1", "--sizes", "64"));
        all.addAll(List.of("--out", folder.resolve("run").toString()));
        all.addAll(List.of(data));
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private String[] sets(String... more) {
        List<String> all = new ArrayList<>(List.of(
                "--data", "lvis-json", "--annotations", coco, "--images", "../examples/pictures", "--repeat", "2"));
        all.addAll(List.of("--data", "jsonl", "--annotations", lines, "--images", "../examples/pictures"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void setsOfTwoFormatsTrainTogetherAndAnotherMixtureIsRefused() {
        assertThat(train(sets("--bad-records", "1"))).as(err.toString()).isZero();

        assertThat(out.toString()).contains("waited for data ", "after 2 steps");
        assertThat(train("--data", "lvis-json", "--annotations", coco, "--images", "../examples/pictures"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("wanted a checkpoint of a run with data [coco.json (1) x 1.0], got one with [coco.json (1) x"
                        + " 2.0, pairs.jsonl (1) x 1.0]");
    }

    @Test
    void theCallersFaultsGiveTwo() {
        assertThat(train(sets())).as("a bad record, none allowed").isEqualTo(2);
        assertThat(train("--data", "pascal", "--annotations", coco)).isEqualTo(2);

        assertThat(err.toString()).contains("pairs.jsonl: line 2: wanted the picture", "got 'pascal'");
    }
}
