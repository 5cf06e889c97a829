package io.glip4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded model on data sets of one or two of the example pictures, every kind from pictures to numbers. */
class EvalCommandTest {
    private static final String PICTURES = "../examples/pictures";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temporary;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("eval"));
        all.addAll(List.of(arguments));
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private static String[] with(List<String> arguments, String... more) {
        return Stream.concat(arguments.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private JsonNode json() throws IOException {
        return JSON.readTree(out.toString());
    }

    private String file(String name, String text) throws IOException {
        Path file = temporary.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    private String coco = "";

    @BeforeEach
    void makeDataSet() throws IOException {
        coco = file("coco.json", """
                {"images": [{"id": 1, "file_name": "cat.jpg", "width": 451, "height": 300, "caption": "the cat"},
                            {"id": 2, "file_name": "coffee.jpg", "width": 600, "height": 400, "caption": "a cup"}],
                 "categories": [{"id": 1, "name": "cat", "frequency": "f"}, {"id": 2, "name": "cup", "frequency": "r"}],
                 "annotations": [
                   {"id": 1, "image_id": 1, "category_id": 1, "bbox": [60, 10, 330, 280], "area": 92400},
                   {"id": 2, "image_id": 2, "category_id": 2, "bbox": [150, 60, 300, 280], "area": 84000}]}""");
    }

    private String out(String name) {
        return temporary.resolve(name).toString();
    }

    @Test
    void shardsOfTwoProcessesGiveTheNumbersOfOne() throws IOException {
        String[] whole = {
            "--data", "coco-json", "--annotations", coco, "--images", PICTURES, "--out", out("one"), "--json"
        };
        assertThat(run(whole)).as(err.toString()).isZero();
        JsonNode one = json();
        assertThat(one.at("/stats_official/AP").isNumber()).isTrue();
        assertThat(one.at("/per_category").size()).isEqualTo(2);
        for (String shard : List.of("2/2", "1/2")) {
            assertThat(run(
                            "--data",
                            "coco-json",
                            "--annotations",
                            coco,
                            "--images",
                            PICTURES,
                            "--out",
                            out("two"),
                            "--shard",
                            shard))
                    .isZero();
            assertThat(out.toString()).contains("without --shard");
        }
        whole[7] = out("two");
        assertThat(run(whole)).isZero();
        assertThat(json()).isEqualTo(one);
        assertThat(temporary.resolve("two/results.json")).hasSameBinaryContentAs(temporary.resolve("one/results.json"));
        assertThat(temporary.resolve("one/report.html")).content().contains("Worst pictures", "pictures/1-found.png");
        assertThat(temporary.resolve("one/precision-recall.png")).isNotEmptyFile();
        try (Stream<Path> drawn = Files.list(temporary.resolve("one/pictures"))) {
            assertThat(drawn).hasSize(4);
        }
    }

    @Test
    void odinwSetsWithPromptsAverageAndMedian() throws IOException {
        String sets = file("sets.json", """
                [{"name": "plain", "annotations": "coco.json", "images": "pictures", "categories": []},
                 {"name": "worded", "annotations": "coco.json", "images": "pictures", "categories": [
                   {"id": 1, "name": "cat", "before": "there is a ", "after": " in the room"},
                   {"id": 2, "name": "cup"}]}]""");
        Files.createDirectories(temporary.resolve("pictures"));
        for (String name : List.of("cat.jpg", "coffee.jpg")) {
            Files.copy(Path.of(PICTURES, name), temporary.resolve("pictures").resolve(name));
        }
        assertThat(run(
                        "--data",
                        "odinw",
                        "--annotations",
                        temporary.toString(),
                        "--sets",
                        sets,
                        "--out",
                        out("wild"),
                        "--json",
                        "--no-report"))
                .as(err.toString())
                .isZero();
        JsonNode found = json();
        double plain = found.at("/AP/plain").asDouble();
        double worded = found.at("/AP/worded").asDouble();
        assertThat(found.get("average").asDouble()).isEqualTo((plain + worded) / 2);
        assertThat(found.at("/sets/plain/stats_official/AP").asDouble()).isEqualTo(plain);
        assertThat(temporary.resolve("wild/worded/results.json")).isNotEmptyFile();
    }

    @Test
    void lvisReferringPhraseCutAndFlickr() throws IOException {
        assertThat(run("--data", "lvis-json", "--annotations", coco, "--images", PICTURES, "--out", out("l"), "--json"))
                .as(err.toString())
                .isZero();
        assertThat(json().get("results").has("APr")).isTrue();

        assertThat(run("--data", "refcoco", "--annotations", coco, "--images", PICTURES, "--out", out("r"), "--json"))
                .as(err.toString())
                .isZero();
        assertThat(json().get("items").asInt()).isEqualTo(2);
        assertThat(json().get("box_accuracy")).isEqualTo(json().get("P@1"));

        String cut = file("cut.json", """
                [{"image_id": "cat", "width": 451, "height": 300, "tasks": [
                   {"task_id": "a", "phrase": "cat", "instance_boxes": [[60, 10, 330, 280]], "Polygons": []}]}]""");
        assertThat(run(
                        "--data",
                        "phrasecut",
                        "--annotations",
                        cut,
                        "--images",
                        PICTURES,
                        "--out",
                        out("p"),
                        "--json",
                        "--score-threshold",
                        "0.05"))
                .as(err.toString())
                .isZero();
        assertThat(json().get("tasks").asInt()).isEqualTo(1);
        assertThat(json().get("mean_box_iou_missing_as_empty").isNumber()).isTrue();

        file("flickr/test.txt", "cat\n");
        file("flickr/Sentences/cat.txt", "[/EN#1/animals A cat] looks at [/EN#2/other the camera] .\n");
        file("flickr/Annotations/cat.xml", """
                <annotation><size><width>451</width><height>300</height><depth>3</depth></size>
                <object><name>1</name><bndbox><xmin>60</xmin><ymin>10</ymin><xmax>390</xmax><ymax>290</ymax></bndbox>
                </object></annotation>""");
        assertThat(run(
                        "--data",
                        "flickr",
                        "--annotations",
                        out("flickr"),
                        "--images",
                        PICTURES,
                        "--out",
                        out("f"),
                        "--json"))
                .as(err.toString())
                .isZero();
        assertThat(json().at("/results/any/R@1/all/total").asInt()).isEqualTo(1);
    }

    private String[] refseg(String baseline, String out) throws IOException {
        String truth = file("refseg.json", """
                {"images": [{"id": 1, "file_name": "cat.jpg", "width": 451, "height": 300, "caption": "the cat"}],
                 "categories": [{"id": 1, "name": "thing"}],
                 "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [60, 10, 330, 280],
                   "segmentation": [[60, 10, 390, 10, 390, 290, 60, 290]]}]}""");
        return new String[] {
            "--data",
            "refseg",
            "--annotations",
            truth,
            "--images",
            PICTURES,
            "--baseline",
            baseline,
            "--out",
            out(out),
            "--json",
            "--no-report"
        };
    }

    /** The cat fills its picture: its box covers most of it, and on gray nothing like it is found. */
    @Test
    void aModelIsComparedWithItsBoxesAndWithItselfOnGrayPictures() throws IOException {
        assertThat(run(refseg("BOXES", "boxes"))).as(err.toString()).isZero();
        double boxes = json().get("mean_iou").asDouble();
        assertThat(run(refseg("GRAY", "gray"))).as(err.toString()).isZero();
        assertThat(json().get("mean_iou").asDouble()).isLessThan(boxes);
        assertThat(run(refseg("NONE", "boxes")))
                .as("answers of a baseline are no answers of the model")
                .isEqualTo(2);
    }

    @Test
    void questionsAreAnsweredByThoseOfATrainingSetAlone() throws IOException {
        String questions = file("questions.json", """
                {"questions": [{"question_id": 1, "image_id": 1, "question": "Is it a cat?", "image": "cat.jpg"}]}""");
        String answers = file("answers.json", """
                {"annotations": [{"question_id": 1, "question_type": "is it", "answer_type": "yes/no",
                  "multiple_choice_answer": "no", "answers": [{"answer": "no"}]}]}""");
        List<String> asked = List.of(
                "--data",
                "vqa-json",
                "--questions",
                questions,
                "--annotations",
                answers,
                "--images",
                PICTURES,
                "--baseline",
                "TEXTS",
                "--json");
        String[] seen = {
            "--seen-questions",
            questions,
            "--seen-annotations",
            answers,
            "--seen-images",
            PICTURES,
            "--out",
            out("texts")
        };
        assertThat(run(with(asked, seen))).as(err.toString()).isZero();
        assertThat(Files.readString(temporary.resolve("texts/results.json"))).contains("\"answer\":\"no\"");

        assertThat(run(with(asked, "--out", out("unseen")))).isEqualTo(2);
        assertThat(err.toString()).contains("wanted --seen-annotations with --baseline TEXTS");
    }

    @Test
    void callersMistakesExitWithTwoAndSayWhat() {
        assertThat(run("--data", "voc", "--annotations", coco, "--out", out("x")))
                .isEqualTo(2);
        assertThat(run("--data", "coco-json", "--annotations", coco, "--out", out("x"), "--shard", "3/2"))
                .isEqualTo(2);
        assertThat(run("--data", "coco-json", "--annotations", coco, "--images", out("none"), "--out", out("x")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("wanted --data", "K/N", "cat.jpg").doesNotContain("at io.glip4j");
    }
}
