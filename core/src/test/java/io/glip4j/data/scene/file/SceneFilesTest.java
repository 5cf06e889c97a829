package io.glip4j.data.scene.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecords;
import io.glip4j.data.ClassNames;
import io.glip4j.data.CocoDataset;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.scene.Artwork;
import io.glip4j.data.scene.Expression;
import io.glip4j.data.scene.Scene;
import io.glip4j.data.scene.SceneConfig;
import io.glip4j.data.scene.SceneMaker;
import io.glip4j.data.scene.SceneObject;
import io.glip4j.eval.referring.BoxAccuracy;
import io.glip4j.eval.referring.ReferringEvaluation;
import io.glip4j.eval.vqa.VqaEvaluation;
import io.glip4j.input.ImageSize;
import io.glip4j.input.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read again by the readers and evaluations of data sets, and is true of the scenes. */
final class SceneFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COUNT = 5;

    @TempDir
    static Path parent;

    private static final SceneMaker MAKER = new SceneMaker(
            Artwork.read(List.of(Path.of("src/test/resources/io/glip4j/data/scene/noto"))),
            SceneConfig.of(COUNT, 3).withSides(160, 240));
    private static final List<Scene> SCENES =
            Stream.iterate(0, i -> i + 1).limit(COUNT).map(MAKER::scene).toList();
    private static Path folder = Path.of("");

    @BeforeAll
    static void write() {
        folder = parent.resolve("scenes");
        SceneFiles.write(MAKER, folder, () -> {});
    }

    @Test
    void instancesAreACocoDataSet() {
        CocoDataset dataset =
                CocoDataset.open(folder.resolve("instances.json"), folder.resolve("images"), BadRecords.REFUSE);
        assertThat(dataset.size()).isEqualTo(COUNT);
        for (int i = 0; i < COUNT; i++) {
            GroundingSample sample = dataset.sample(i);
            List<SceneObject> objects = SCENES.get(i).objects();
            assertThat(sample.boxes())
                    .containsExactlyElementsOf(
                            objects.stream().map(SceneObject::box).toList());
            ClassNames names = (ClassNames) sample.text();
            assertThat(names.labels().stream().map(names.vocabulary()::get))
                    .containsExactlyElementsOf(
                            objects.stream().map(SceneObject::name).toList());
            byte[] read = sample.picture()
                    .read(new ImageSize(sample.width(), sample.height()))
                    .rgb();
            byte[] drawn = SCENES.get(i).picture().rgb();
            assertThat(read).hasSameSizeAs(drawn);
            assertThat(meanDifference(read, drawn)).isLessThan(12);
        }
    }

    private static double meanDifference(byte[] a, byte[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((a[i] & 255) - (b[i] & 255));
        }
        return (double) sum / a.length;
    }

    @Test
    void expressionsAreFoundByTheirOwnTruth() throws IOException {
        List<Expression> expressions =
                SCENES.stream().flatMap(scene -> scene.expressions().stream()).toList();
        ArrayNode boxes = JSON.createArrayNode();
        for (JsonNode annotation : read("referring.json").path("annotations")) {
            JsonNode box = annotation.path("bbox");
            boxes.addObject()
                    .put("image_id", annotation.path("image_id").asLong())
                    .putArray("boxes")
                    .addArray()
                    .add(box.path(0).asInt())
                    .add(box.path(1).asInt())
                    .add(box.path(0).asInt() + box.path(2).asInt())
                    .add(box.path(1).asInt() + box.path(3).asInt());
        }
        Path results = results("boxes.json", boxes);
        BoxAccuracy accuracy = BoxAccuracy.evaluate(folder.resolve("referring.json"), results);
        assertThat(accuracy.overlaps()).hasSameSizeAs(expressions).allMatch(overlaps -> overlaps.equals(List.of(1.0)));
        ArrayNode masks = (ArrayNode) read("referring-masks.json");
        masks.forEach(item -> ((ObjectNode) item).set("pred", item.path("gt")));
        Path truth = folder.resolve("referring-masks.json");
        assertThat(ReferringEvaluation.evaluate(truth, results("masks.json", masks))
                        .mean())
                .isEqualTo(1);
    }

    @Test
    void phrasesStandWhereTheTokensSay() throws IOException {
        JsonNode file = read("grounding.json");
        int phrases = 0;
        for (JsonNode annotation : file.path("annotations")) {
            JsonNode text = file.path("images").path(annotation.path("image_id").asInt() - 1);
            Scene scene = SCENES.get(text.path("original_img_id").asInt() - 1);
            JsonNode words = annotation.path("tokens_positive").path(0);
            String phrase = new Span(words.path(0).asInt(), words.path(1).asInt())
                    .in(text.path("caption").asText());
            assertThat(phrase).matches("(an?|one|two|three|four|five|six|seven|eight|nine) .+");
            JsonNode box = annotation.path("bbox");
            assertThat(scene.objects())
                    .anyMatch(object -> object.box().x1() == box.path(0).asInt()
                            && object.box().y2() - object.box().y1() + 1
                                    == box.path(3).asInt());
            phrases++;
        }
        assertThat(phrases).isGreaterThan(COUNT);
    }

    @Test
    void questionsAreAnsweredRightByTheirOwnAnswers() throws IOException {
        ArrayNode answers = JSON.createArrayNode();
        for (JsonNode annotation : read("answers.json").path("annotations")) {
            answers.addObject()
                    .put("question_id", annotation.path("question_id").asLong())
                    .put("answer", annotation.path("multiple_choice_answer").asText());
        }
        assertThat(read("questions.json").path("questions")).hasSameSizeAs(answers);
        assertThat(VqaEvaluation.evaluate(folder.resolve("answers.json"), results("answers.json", answers))
                        .overall()
                        .percent())
                .isEqualTo(100);
    }

    @Test
    void theSameSeedWritesTheSameFiles() throws IOException {
        Path again = parent.resolve("again");
        SceneFiles.write(MAKER, again, () -> {});
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(again.resolve(folder.relativize(file))).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void aFolderWithFilesIsLeftAlone() {
        assertThatThrownBy(() -> SceneFiles.write(MAKER, folder, () -> {}))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("wanted an empty folder");
    }

    private static JsonNode read(String name) throws IOException {
        return JSON.readTree(folder.resolve(name).toFile());
    }

    private static Path results(String name, JsonNode content) throws IOException {
        Path file = parent.resolve("results-" + name);
        JSON.writeValue(file.toFile(), content);
        return file;
    }
}
