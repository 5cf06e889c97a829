package io.glip4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import io.glip4j.input.Prompt;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import io.glip4j.torch.Form;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The facade on the embedded nano: what it promises of every model, whatever that model has learned. */
class GlipTest {
    private static final Path PICTURES = Path.of("../examples/pictures");
    private static final int WARM_PASSES = 100;
    private static final int LEAK_PASSES = 1_000;
    private static final long LEAK_BYTES = 100L << 20;
    private static Glip glip;

    @BeforeAll
    static void load() {
        glip = Glip.load();
    }

    @AfterAll
    static void close() {
        glip.close();
    }

    @Test
    void answersInTheCallersWordsAndPixels() {
        Grounding found = glip.ground(PICTURES.resolve("cat.jpg"), Prompt.parse("dog. Cat. person"));

        assertThat(found.width()).isEqualTo(451);
        assertThat(found.height()).isEqualTo(300);
        assertThat(found.detections()).isNotEmpty().allSatisfy(detection -> {
            assertThat(detection.phrase()).isIn("dog", "Cat", "person");
            assertThat(detection.span().in("dog. Cat. person")).isEqualTo(detection.phrase());
            assertThat(detection.tokenScores()).hasSize(1);
            assertThat(detection.box().x1()).isBetween(0.0, detection.box().x2());
            assertThat(detection.box().x2()).isLessThanOrEqualTo(451);
            assertThat(detection.box().y2()).isLessThanOrEqualTo(300);
        });
        assertThat(found.above(0.999).detections()).isEmpty();
    }

    @Test
    void negativesAreLeftOut() {
        Prompt prompt = Prompt.parse("cat").withNegatives(List.of("dog", "person"));

        assertThat(glip.ground(PICTURES.resolve("cat.jpg"), prompt).detections())
                .isNotEmpty()
                .allSatisfy(detection -> assertThat(detection.phrase()).isEqualTo("cat"));
    }

    @Test
    void manyThreadsGetTheSameAnswer() throws Exception {
        Picture picture = PictureReader.DEFAULT.read(PICTURES.resolve("coffee.jpg"));
        Prompt prompt = Prompt.parse("cup. spoon. table");
        Grounding alone = glip.ground(picture, prompt);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Grounding>> answers = IntStream.range(0, 6)
                    .mapToObj(i -> threads.submit(() -> glip.ground(picture, prompt)))
                    .toList();
            for (Future<Grounding> answer : answers) {
                assertThat(answer.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void severalPicturesAreAnsweredAsEachAlone() {
        List<Picture> pictures = Stream.of("cat.jpg", "coffee.jpg", "astronaut.jpg")
                .map(name -> PictureReader.DEFAULT.read(PICTURES.resolve(name)))
                .toList();
        Prompt prompt = Prompt.parse("cat. cup. person");
        List<Grounding> together = glip.ground(pictures, prompt);
        assertThat(together).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertSame(together.get(i), glip.ground(pictures.get(i), prompt), 1e-3);
        }
        assertThat(glip.ground(List.of(), prompt)).isEmpty();
    }

    /** Photographs, in bfloat16: the same things, nearly where and as surely as in float32. */
    @Test
    void bfloat16FindsTheSameThings() {
        try (Glip half = Glip.load(Form.BFLOAT16)) {
            for (String name : List.of("cat.jpg", "coffee.jpg", "astronaut.jpg")) {
                Picture picture = PictureReader.DEFAULT.read(PICTURES.resolve(name));
                Prompt prompt = Prompt.parse("cat. cup. person");
                assertSame(
                        half.ground(picture, prompt).above(0.5),
                        glip.ground(picture, prompt).above(0.5),
                        0.03);
            }
        }
    }

    private static void assertSame(Grounding got, Grounding expected, double tolerance) {
        Detection gotBest = got.detections().get(0);
        Detection best = expected.detections().get(0);
        assertThat(gotBest.phrase()).isEqualTo(best.phrase());
        assertThat(gotBest.score()).isCloseTo(best.score(), within(tolerance));
        assertThat(gotBest.box().iou(best.box())).isGreaterThan(1 - 2 * tolerance);
        assertThat(got.width()).isEqualTo(expected.width());
    }

    @Test
    void morePhrasesThanAPassTakesAreSplit() {
        List<String> names = new ArrayList<>(
                IntStream.range(0, 150).mapToObj(i -> "imaginary thing " + i).toList());
        names.add("cat");

        Grounding found = glip.ground(PICTURES.resolve("cat.jpg"), Prompt.classes(names));

        assertThat(found.detections())
                .isNotEmpty()
                .allSatisfy(detection -> assertThat(names).contains(detection.phrase()));
        assertThat(found.detections()).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void memoryStaysSteadyOverManyPasses() {
        Picture small = new Picture(640, 16, new byte[3 * 640 * 16]); // a strip stays small when resized
        Prompt prompt = Prompt.parse("cat. dog");
        for (int i = 0; i < WARM_PASSES; i++) {
            glip.ground(small, prompt);
        }
        long before = Pointer.physicalBytes();
        for (int i = 0; i < LEAK_PASSES; i++) {
            glip.ground(small, prompt);
        }
        assertThat(Pointer.physicalBytes() - before).isLessThan(LEAK_BYTES);
    }

    @Test
    void aClosedModelSaysSo() {
        Glip other = Glip.load();
        other.close();
        other.close();

        assertThatThrownBy(() -> other.ground(PICTURES.resolve("cat.jpg"), Prompt.parse("cat")))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_CLOSED));
    }
}
