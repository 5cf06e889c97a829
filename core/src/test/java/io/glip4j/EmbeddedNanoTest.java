package io.glip4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.data.BadRecords;
import io.glip4j.data.CocoDataset;
import io.glip4j.eval.detection.GroundedCategories;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.geometry.RunLengthMask;
import io.glip4j.inference.DescribeOptions;
import io.glip4j.input.Prompt;
import io.glip4j.output.Description;
import io.glip4j.output.Detection;
import io.glip4j.output.Segments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the shipped weights have learned. */
class EmbeddedNanoTest {
    private static final Path PICTURES = Path.of("../examples/pictures");
    private static Glip glip;

    @BeforeAll
    static void load() {
        glip = Glip.load();
    }

    @AfterAll
    static void close() {
        glip.close();
    }

    /** Photographs from outside the training data, boxes marked by hand. */
    @ParameterizedTest
    @CsvSource({
        "cat.jpg, cat, cat, 0, 0, 451, 300, 0.7",
        "astronaut.jpg, person. car. bottle, person, 5, 15, 360, 511, 0.7",
        "coffee.jpg, cup. bottle. person, cup, 165, 20, 425, 285, 0.7",
    })
    void drawsRightBoxesOnPhotographs(
            String file, String prompt, String name, double x1, double y1, double x2, double y2, double leastIou) {
        List<Detection> found = glip.ground(PICTURES.resolve(file), Prompt.parse(prompt))
                .above(glip.config().usualThreshold())
                .detections();

        assertThat(found).isNotEmpty();
        assertThat(found.get(0).phrase()).isEqualTo(name);
        assertThat(found.get(0).box().iou(new BoxXyxy(x1, y1, x2, y2))).isGreaterThan(leastIou);
    }

    /** Points marked by hand, two on the thing and one beside it, and about how much of the picture it fills. */
    @ParameterizedTest
    @CsvSource({
        "cat.jpg, cat, 150, 130, 220, 220, 430, 280, 0.3, 0.8",
        "coffee.jpg, mug, 290, 100, 240, 200, 40, 60, 0.15, 0.5",
        "astronaut.jpg, person, 220, 130, 180, 400, 450, 60, 0.35, 0.6",
    })
    void drawsMasksOfThings(
            String file,
            String prompt,
            int x1,
            int y1,
            int x2,
            int y2,
            int besideX,
            int besideY,
            double least,
            double most) {
        Segments found = glip.segment(PICTURES.resolve(file), Prompt.parse(prompt));
        RunLengthMask mask = found.segments().get(0).mask();
        boolean[] pixels = mask.pixels();

        assertThat(pixels[y1 * mask.width() + x1]).isTrue();
        assertThat(pixels[y2 * mask.width() + x2]).isTrue();
        assertThat(pixels[besideY * mask.width() + besideX]).isFalse();
        assertThat((double) mask.area() / pixels.length).isBetween(least, most);
    }

    @ParameterizedTest
    @CsvSource({
        "cat.jpg, Is there a cat?, yes",
        "cat.jpg, Is there an airplane?, no",
        "astronaut.jpg, Is there a person?, yes",
        "coffee.jpg, Is there a giraffe?, no",
    })
    void answersByLooking(String file, String question, String answer) {
        assertThat(glip.answer(PICTURES.resolve(file), question).best().text()).isEqualTo(answer);
    }

    @Test
    void describesAndShowsWhatItSpeaksOf() {
        Description description = glip.describe(PICTURES.resolve("astronaut.jpg"), DescribeOptions.DEFAULT);
        assertThat(description.text()).contains("person");
        Detection person = description
                .grounding()
                .above(glip.config().usualThreshold())
                .detections()
                .get(0);
        assertThat(person.phrase()).contains("person");
        assertThat(person.box().iou(new BoxXyxy(5, 15, 360, 511))).isGreaterThan(0.7);
    }

    /** The bars of the two data sets, wherever the data is beside the project. */
    static Stream<Arguments> dataSets() {
        return Stream.of(Arguments.of("bccd", "test", 0.70), Arguments.of("raccoon", "val", 0.60))
                .filter(set -> Files.isDirectory(data((String) set.get()[0])));
    }

    private static Path data(String name) {
        return Path.of("../../shared/data", name);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("dataSets")
    void reachesItsNumbers(String name, String split, double leastAp50) {
        Path annotations = data(name).resolve("annotations/" + split + ".json");
        CocoDataset dataset = CocoDataset.open(annotations, data(name).resolve("images"), BadRecords.REFUSE);

        Map<String, Double> numbers = GroundedCategories.evaluate(
                        annotations, dataset, (picture, prompt) -> glip.ground(picture, prompt), () -> {})
                .official();

        System.out.printf("embedded nano on %s %s: %s%n", name, split, numbers);
        assertThat(numbers.get("AP50")).isGreaterThanOrEqualTo(leastAp50);
    }
}
