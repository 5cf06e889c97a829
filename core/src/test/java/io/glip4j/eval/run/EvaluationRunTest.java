package io.glip4j.eval.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.GlipException;
import io.glip4j.eval.JsonClose;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.Phrase;
import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers survive interruption, and shards give what one process gives; the model is a stand-in that marks a box. */
class EvaluationRunTest {
    private static final int PICTURES = 7;

    @TempDir
    Path temporary;

    private Path annotations = Path.of("");

    @BeforeEach
    void makeDataSet() throws IOException {
        StringBuilder images = new StringBuilder();
        StringBuilder objects = new StringBuilder();
        for (int i = 1; i <= PICTURES; i++) {
            BufferedImage pixels = new BufferedImage(20 + i, 20, BufferedImage.TYPE_INT_RGB);
            ImageIO.write(pixels, "png", temporary.resolve(i + ".png").toFile());
            String comma = i > 1 ? "," : "";
            images.append(comma)
                    .append("{\"id\":%d,\"file_name\":\"%d.png\",\"width\":%d,\"height\":20}".formatted(i, i, 20 + i));
            objects.append(comma)
                    .append("{\"id\":%d,\"image_id\":%d,\"category_id\":%d,\"bbox\":[2,2,%d,10],\"area\":90}"
                            .formatted(i, i, 1 + i % 2, 8 + i));
        }
        annotations = Files.writeString(
                temporary.resolve("gt.json"),
                "{\"images\":[" + images + "],\"categories\":[{\"id\":1,\"name\":\"cat\"},{\"id\":2,\"name\":\"dog\"}],"
                        + "\"annotations\":[" + objects + "]}");
    }

    private DetectionTask task() {
        return DetectionTask.coco(annotations, temporary);
    }

    private EvaluationRun run(String folder) {
        return new EvaluationRun(task(), "model", temporary.resolve(folder));
    }

    /** A box of 11 x 11 pixels, counted with its last ones, for each phrase; scores tell pictures apart. */
    private static Grounding ground(Picture picture, Prompt prompt) {
        List<Phrase> phrases = prompt.phrases();
        return new Grounding(
                picture.width(),
                picture.height(),
                IntStream.range(0, phrases.size())
                        .mapToObj(i -> new Detection(
                                phrases.get(i).text(),
                                phrases.get(i).span(),
                                (picture.width() - 20) / 10.0 - i / 100.0,
                                new BoxXyxy(2, 2, 12, 12),
                                List.of()))
                        .toList());
    }

    @Test
    void shardsInAnyOrderGiveTheBytesOfOneProcess() throws IOException {
        EvaluationRun whole = run("whole");
        whole.ask(Shard.WHOLE, EvaluationRunTest::ground, () -> {});
        for (int k : List.of(3, 1, 2)) {
            run("shared").ask(new Shard(k, 3), EvaluationRunTest::ground, () -> {});
        }
        EvaluationRun shared = run("shared");
        assertThat(shared.missing(Shard.WHOLE)).isEmpty();
        Path one = whole.writeResults();
        Path three = shared.writeResults();
        assertThat(Files.readAllBytes(three)).isEqualTo(Files.readAllBytes(one));
        assertThat(task().score(three)).isEqualTo(task().score(one));
        assertThat(task().quoted(task().score(one)).get("AP")).isGreaterThan(0.1);
    }

    @Test
    void anInterruptedRunGoesOnWhereItWas() throws IOException {
        int[] left = {3};
        assertThatThrownBy(() -> run("cut").ask(Shard.WHOLE, EvaluationRunTest::ground, () -> {
                    if (--left[0] == 0) {
                        throw new IllegalStateException("power cut");
                    }
                }))
                .hasMessage("power cut");
        Path answers = temporary.resolve("cut/answers.jsonl");
        String kept = Files.readString(answers);
        Files.writeString(answers, kept.substring(0, kept.length() - 20), StandardCharsets.UTF_8);
        EvaluationRun again = run("cut");
        assertThat(again.missing(Shard.WHOLE)).hasSize(PICTURES - 2);
        int[] asked = {0};
        again.ask(Shard.WHOLE, EvaluationRunTest::ground, () -> asked[0]++);
        assertThat(asked[0]).isEqualTo(PICTURES - 2);
        EvaluationRun whole = run("whole");
        whole.ask(Shard.WHOLE, EvaluationRunTest::ground, () -> {});
        assertThat(Files.readAllBytes(again.writeResults())).isEqualTo(Files.readAllBytes(whole.writeResults()));
    }

    @Test
    void answersOfAnotherModelAreRefused() {
        run("mine").ask(new Shard(1, 7), EvaluationRunTest::ground, () -> {});
        assertThatThrownBy(() -> new EvaluationRun(task(), "another", temporary.resolve("mine")))
                .isInstanceOf(GlipException.class)
                .hasMessageContainingAll("another", "--out");
        assertThatThrownBy(() -> new EvaluationRun(task().first(2), "model", temporary.resolve("mine")))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("2 pictures");
    }

    @Test
    void widthsCountTheLastPixelAsThePublishedCodeDoes() {
        EvaluationRun whole = run("whole");
        whole.ask(Shard.WHOLE, EvaluationRunTest::ground, () -> {});
        JsonNode first = JsonClose.read(whole.writeResults()).get(0);
        assertThat(first.toString())
                .isEqualTo("{\"image_id\":1,\"category_id\":1,\"bbox\":[2.0,2.0,11.0,11.0],\"score\":0.1}");
    }

    @Test
    void everyPictureIsReviewedWithItsOwnPrecision() {
        EvaluationRun whole = run("whole");
        whole.ask(Shard.WHOLE, EvaluationRunTest::ground, () -> {});
        List<PictureReview> reviews = task().review(whole.writeResults());
        assertThat(reviews).hasSize(PICTURES);
        assertThat(reviews.get(2).expected()).singleElement().returns("dog", Detection::phrase);
        assertThat(reviews.get(2).quality()).isGreaterThan(0.99);
    }

    @Test
    void shardsAreWrittenKOfN() {
        assertThat(Shard.parse("2/5")).isEqualTo(new Shard(2, 5));
        for (String wrong : List.of("0/2", "3/2", "1", "a/b", "1/0")) {
            assertThatThrownBy(() -> Shard.parse(wrong))
                    .isInstanceOf(GlipException.class)
                    .hasMessageContaining("K/N");
        }
    }
}
