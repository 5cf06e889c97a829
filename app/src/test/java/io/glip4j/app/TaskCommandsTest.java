package io.glip4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.geometry.RunLengthMask;
import io.glip4j.input.PictureReader;
import io.glip4j.model.AnswerVocabulary;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code glip answer} and {@code glip describe}, by a small network that has learned nothing. */
class TaskCommandsTest {
    private static final String CAT = "../examples/pictures/cat.jpg";
    private static final GlipConfig SMALL = new GlipConfig(
                    "small",
                    new ImageConfig(64, 96, 32),
                    new SwinConfig(SwinConfig.Version.V1, 12, List.of(1, 1, 1, 1), List.of(1, 2, 3, 4), 5, false, 0),
                    new BertConfig(30_522, 24, 1, 2, 48, 64, 48),
                    new FusionConfig(1, 32, 8, 64, 4, 0),
                    PostProcessConfig.PUBLISHED,
                    Set.of(GlipConfig.Head.NEXT_WORD, GlipConfig.Head.MASK))
            .withAnswers(new AnswerVocabulary(List.of("yes", "no", "gray")));

    @TempDir
    private static Path folder;

    private static String model = "";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void write() {
        Path file = folder.resolve("small.safetensors");
        try (TrainableModel small = TrainableModel.fresh(SMALL, 5)) {
            small.write(file, TrainConfig.published(1), Precision.FULL);
        }
        model = file.toString();
    }

    private int run(String... arguments) {
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void answersAsTextAndAsJson() throws Exception {
        String question = "Is the cat gray?";
        assertThat(run("answer", CAT, "--question", question, "--model", model, "--top", "2"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("cat.jpg (451 x 300)").containsPattern("0\\.\\d{3}  (yes|no|gray)");
        out.getBuffer().setLength(0);

        assertThat(run("answer", CAT, "--question", question, "--model", model, "--json", "--threshold", "0"))
                .isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("image").asText()).isEqualTo(CAT);
        assertThat(json.get("question").asText()).isEqualTo(question);
        assertThat(json.get("answers")).hasSize(3);
        assertThat(json.at("/answers/0/probability").asDouble())
                .isBetween(json.at("/answers/1/probability").asDouble(), 1.0);
        assertThat(json.get("detections"))
                .allSatisfy(found -> assertThat(found.get("phrase").asText()).isEqualTo("the cat"));
    }

    @Test
    void describesAsTextAndAsJsonAndDraws() throws Exception {
        assertThat(run("describe", CAT, "--model", model, "--max-words", "4"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines().toList().get(1)).startsWith("  ").isNotBlank();
        out.getBuffer().setLength(0);

        Path drawn = folder.resolve("drawn.png");
        assertThat(run(
                        "describe",
                        CAT,
                        "--model",
                        model,
                        "--max-words",
                        "4",
                        "--nucleus",
                        "0.9",
                        "--seed",
                        "3",
                        "--json",
                        "--out",
                        drawn.toString()))
                .isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("description").asText()).isNotBlank();
        assertThat(json.get("log_probability").asDouble()).isNegative();
        assertThat(json.get("width").asInt()).isEqualTo(451);
        assertThat(json.has("ended")).isTrue();
        assertThat(PictureReader.DEFAULT.read(drawn).width()).isEqualTo(451);
    }

    @Test
    void aFolderGivesAListAndGoesOnPastABadFile() throws Exception {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        Files.copy(Path.of(CAT), pictures.resolve("good.jpg"));
        Files.writeString(pictures.resolve("bad.jpg"), "no picture");

        assertThat(run("describe", pictures.toString(), "--model", model, "--greedy", "--max-words", "2", "--json"))
                .isEqualTo(2);
        assertThat(new ObjectMapper().readTree(out.toString())).hasSize(1);
        assertThat(err.toString()).contains("bad.jpg");
    }

    /** A nano learns two more tasks beside grounding in one run; what it was keeps its weights' names. */
    @Test
    void trainsTasksBesideGroundingAndUsesThem() throws Exception {
        Files.writeString(folder.resolve("questions.json"), """
                {"questions": [{"question_id": 1, "image_id": 1, "question": "What is it?", "image": "cat.jpg"},
                               {"question_id": 2, "image_id": 3, "question": "What is it?", "image": "coffee.jpg"}]}
                """);
        Files.writeString(folder.resolve("answers.json"), """
                {"annotations": [{"question_id": 1, "answers": [{"answer": "cat"}]},
                                 {"question_id": 2, "answers": [{"answer": "coffee"}]}]}
                """);
        Files.writeString(folder.resolve("captions.json"), """
                {"images": [{"id": 1, "file_name": "cat.jpg", "width": 451, "height": 300}],
                 "annotations": [{"image_id": 1, "id": 1, "caption": "a sleeping cat"}]}
                """);
        Files.writeString(folder.resolve("boxes.json"), """
                {"images": [{"id": 1, "file_name": "cat.jpg", "width": 451, "height": 300}],
                 "categories": [{"id": 1, "name": "cat"}],
                 "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 451, 300], "area": 135300,
                                  "iscrowd": 0}]}
                """);
        Path runs = folder.resolve("run");
        List<String> train = new ArrayList<>(List.of("train", "--out", runs.toString(), "--model", model));
        for (List<String> set : List.of(
                List.of("coco-json", "boxes.json"),
                List.of("vqa-json", "answers.json"),
                List.of("captions-json", "captions.json"))) {
            train.addAll(List.of("--data", set.get(0), "--images", "../examples/pictures"));
            train.addAll(List.of("--annotations", folder.resolve(set.get(1)).toString()));
            if (set.get(0).equals("vqa-json")) {
                train.addAll(
                        List.of("--questions", folder.resolve("questions.json").toString()));
            }
        }
        train.addAll(List.of("--steps", "10", "--batch", "3", "--accumulate", "1", "--sizes", "64"));
        train.addAll(List.of("--task-weights", "answer=2,describe=0.5", "--hidden-spans", "0.5"));

        assertThat(run(train.toArray(String[]::new))).as(err.toString()).isZero();
        JsonNode last = new ObjectMapper()
                .readTree(Files.readAllLines(runs.resolve("log.jsonl")).get(0));
        assertThat(last.toString()).contains("answers", "next_words", "localization");
        String trained = runs.resolve("model.safetensors").toString();
        assertThat(run("answer", CAT, "--question", "What is it?", "--model", trained))
                .isZero();
        assertThat(out.toString()).contains("yes").doesNotContain("coffee"); // the list it was made with
    }

    @Test
    void segmentsAsTextAsJsonAndAsPictures() throws Exception {
        Path masks = folder.resolve("masks");
        Path drawn = folder.resolve("segments.png");
        List<String> segment =
                List.of("segment", CAT, "--prompt", "cat. sofa", "--model", model, "--threshold", "0", "--best");
        assertThat(run(segment.toArray(String[]::new))).as(err.toString()).isZero();
        assertThat(out.toString()).contains("cat.jpg (451 x 300)");
        out.getBuffer().setLength(0);

        List<String> files = new ArrayList<>(segment);
        files.addAll(List.of("--json", "--masks", masks.toString(), "--out", drawn.toString()));
        assertThat(run(files.toArray(String[]::new))).as(err.toString()).isZero();
        JsonNode found = new ObjectMapper().readTree(out.toString()).get("detections");
        for (int i = 0; i < found.size(); i++) {
            JsonNode mask = found.get(i).get("segmentation");
            assertThat(mask.get("size").toString()).isEqualTo("[300,451]");
            long area =
                    RunLengthMask.decode(300, 451, mask.get("counts").asText()).area();
            assertThat(found.get(i).get("area").asLong()).isEqualTo(area);
            assertThat(found.get(i).get("box")).hasSize(4);
            byte[] rgb = PictureReader.DEFAULT
                    .read(masks.resolve("cat.jpg." + (i + 1) + ".png"))
                    .rgb();
            long white = 0;
            for (int pixel = 0; pixel < rgb.length; pixel += 3) {
                white += rgb[pixel] == (byte) 255 ? 1 : 0;
            }
            assertThat(white).isEqualTo(area);
        }
        assertThat(PictureReader.DEFAULT.read(drawn).width()).isEqualTo(451);
    }

    /** Masks are learned as a second stage, and measured; a file written for boxes alone is refused. */
    @Test
    void trainsAndMeasuresMasks() throws Exception {
        String shape = """
                {"images": [{"id": 1, "file_name": "cat.jpg", "width": 451, "height": 300}],
                 "categories": [{"id": 1, "name": "cat"}],
                 "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [20, 30, 300, 200], "area": 30000,
                                  %s "iscrowd": 0}]}
                """;
        Path outlines = folder.resolve("outlines.json");
        Files.writeString(outlines, shape.formatted("\"segmentation\": [[20, 230, 170, 30, 320, 230]],"));
        Path boxes = folder.resolve("no-outlines.json");
        Files.writeString(boxes, shape.formatted(""));
        Path runs = folder.resolve("mask-run");
        List<String> train = List.of(
                "train",
                "--out",
                runs.toString(),
                "--model",
                model,
                "--data",
                "coco-masks",
                "--images",
                "../examples/pictures",
                "--steps",
                "10",
                "--batch",
                "1",
                "--accumulate",
                "1",
                "--sizes",
                "64",
                "--freeze",
                "backbone.,language_backbone.,rpn.",
                "--annotations");
        List<String> good = new ArrayList<>(train);
        good.add(outlines.toString());
        assertThat(run(good.toArray(String[]::new))).as(err.toString()).isZero();
        assertThat(Files.readString(runs.resolve("log.jsonl"))).contains("masks", "localization");

        Path measured = folder.resolve("measured");
        assertThat(run(
                        "eval",
                        "--data",
                        "coco-masks",
                        "--annotations",
                        outlines.toString(),
                        "--images",
                        "../examples/pictures",
                        "--model",
                        runs.resolve("model.safetensors").toString(),
                        "--out",
                        measured.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("AP50");
        assertThat(measured.resolve("results.json")).exists();

        List<String> bad = new ArrayList<>(train);
        bad.add(boxes.toString());
        refused("wanted the field segmentation", bad.toArray(String[]::new));
        bad.set(bad.indexOf("coco-masks"), "coco-json");
        bad.addAll(List.of("--losses", "masks"));
        refused("wanted --data coco-masks or scenes with --losses masks", bad.toArray(String[]::new));
    }

    @Test
    void aListOfAnswersThatIsNoneExitsWithTwo() throws Exception {
        Path list = folder.resolve("list.json");
        Files.writeString(list, "{\"yes\": 1}");
        List<String> train = List.of(
                "train",
                "--out",
                folder.toString(),
                "--steps",
                "1",
                "--data",
                "vqa-json",
                "--annotations",
                list.toString(),
                "--questions",
                list.toString(),
                "--images",
                ".",
                "--answers",
                list.toString());
        refused("wanted a JSON list of answers", train.toArray(String[]::new));
        Files.writeString(list, "[\"yes\", \"yes\"]");
        refused("each answer once", train.toArray(String[]::new));
    }

    private void refused(String said, String... arguments) {
        assertThat(run(arguments)).as(said).isEqualTo(2);
        assertThat(err.toString()).contains(said).doesNotContain("at io.glip4j");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10000"})
    void tooFewOrTooManyWordsExitWithTwo(String words) {
        refused(", got " + words, "describe", CAT, "--model", model, "--max-words", words);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "??"})
    void aQuestionWithoutWordsExitsWithTwo(String question) {
        refused("wanted words", "answer", CAT, "--model", model, "--question", question);
    }

    @Test
    void aModelWithoutTheTaskNamesThoseItHas() {
        GlipConfig without = new GlipConfig(
                "boxes",
                SMALL.image(),
                SMALL.imageEncoder(),
                SMALL.textEncoder(),
                SMALL.fusion(),
                SMALL.postProcess(),
                Set.of());
        Path boxes = folder.resolve("boxes.safetensors");
        try (TrainableModel grounds = TrainableModel.fresh(without, 5)) {
            grounds.write(boxes, TrainConfig.published(1), Precision.FULL);
        }
        refused("with [GROUND]", "answer", CAT, "--question", "is it a cat?", "--model", boxes.toString());
        refused("task DESCRIBE", "describe", CAT, "--model", boxes.toString());
    }

    @Test
    void optionsThatDoNotBelongTogetherExitWithTwo() {
        refused("--length-penalty with --beams", "describe", CAT, "--greedy", "--length-penalty", "2");
        refused("--seed with --nucleus", "describe", CAT, "--seed", "2");
        refused("1 to 64 beams", "describe", CAT, "--beams", "0");
        refused("share in (0, 1]", "describe", CAT, "--nucleus", "1.5");
        refused("mutually exclusive", "describe", CAT, "--nucleus", "0.5", "--greedy");
        refused("--top of at least 1", "answer", CAT, "--question", "is it?", "--top", "0");
        refused("--threshold in 0..1", "answer", CAT, "--question", "is it?", "--threshold", "2");
        refused("--question", "answer", CAT);
    }
}
