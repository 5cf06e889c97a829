package io.glip4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import io.glip4j.input.Prompt;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The embedded nano behind the facade, on photographs it was not trained on. */
class GlipTest {
    private static final Path PICTURES = Path.of("../examples/pictures");
    private static final int LEAK_PASSES = 60;
    private static final long LEAK_BYTES = 150L << 20;
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
    void findsTheCatAndCallsItByTheCallersWord() {
        Detection best = best("cat.jpg", Prompt.parse("dog. Cat. person"));

        assertThat(best.phrase()).isEqualTo("Cat");
        assertThat(best.span().begin()).isEqualTo(5);
        assertThat(overlap(best.box(), new BoxXyxy(70, 20, 451, 299))).isGreaterThan(0.5);
        assertThat(best.tokenScores()).hasSize(1);
    }

    @Test
    void findsThePersonOfACaption() {
        Detection best = best("astronaut.jpg", Prompt.captionWith("a person before a flag", List.of("a person")));

        assertThat(best.phrase()).isEqualTo("a person");
        assertThat(overlap(best.box(), new BoxXyxy(20, 0, 470, 511))).isGreaterThan(0.5);
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
    void aThousandClassesAreSplitWithoutTheCallerNoticing() {
        List<String> names =
                IntStream.range(0, 150).mapToObj(i -> "imaginary thing " + i).toList();
        List<String> withCat = new java.util.ArrayList<>(names);
        withCat.add("cat");

        assertThat(best("cat.jpg", Prompt.classes(withCat)).phrase()).isEqualTo("cat");
    }

    @Test
    void memoryStaysSteadyOverManyPasses() {
        Picture small = new Picture(64, 64, new byte[3 * 64 * 64]);
        Prompt prompt = Prompt.parse("cat. dog");
        for (int i = 0; i < LEAK_PASSES; i++) {
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

    private static Detection best(String picture, Prompt prompt) {
        return glip.ground(PICTURES.resolve(picture), prompt).detections().get(0);
    }

    private static double overlap(BoxXyxy a, BoxXyxy b) {
        double width = Math.min(a.x2(), b.x2()) - Math.max(a.x1(), b.x1());
        double height = Math.min(a.y2(), b.y2()) - Math.max(a.y1(), b.y1());
        double both = Math.max(0, width) * Math.max(0, height);
        return both / (area(a) + area(b) - both);
    }

    private static double area(BoxXyxy box) {
        return (box.x2() - box.x1()) * (box.y2() - box.y1());
    }
}
