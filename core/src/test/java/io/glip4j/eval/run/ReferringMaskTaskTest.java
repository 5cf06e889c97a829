package io.glip4j.eval.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.BoxXywh;
import io.glip4j.geometry.RunLengthMask;
import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.output.Grounding;
import io.glip4j.output.Segment;
import io.glip4j.output.Segments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masks of referring expressions, asked of a stand-in and scored. */
class ReferringMaskTaskTest {
    private static final int WIDTH = 451;
    private static final int HEIGHT = 300;
    private static final String ANNOTATIONS = """
            {"images": [{"id": 1, "file_name": "cat.jpg", "width": 451, "height": 300, "caption": "the cat"},
                        {"id": 2, "file_name": "cat.jpg", "width": 451, "height": 300, "caption": "the dog"}],
             "categories": [{"id": 1, "name": "object"}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [100, 50, 100, 100],
                              "segmentation": [[100, 50, 200, 50, 200, 150, 100, 150]]},
                             {"id": 2, "image_id": 2, "category_id": 1, "bbox": [10, 10, 40, 40],
                              "segmentation": [[10, 10, 50, 10, 50, 50, 10, 50]]}]}
            """;

    @TempDir
    private Path folder;

    /** Half of the cat, and no dog. */
    private static final EvaluatedModel MODEL = new EvaluatedModel() {
        @Override
        public Grounding ground(Picture picture, Prompt prompt) {
            return new Grounding(WIDTH, HEIGHT, List.of());
        }

        @Override
        public Segments segment(Picture picture, Prompt prompt) {
            if (!prompt.text().equals("the cat")) {
                return new Segments(WIDTH, HEIGHT, List.of());
            }
            RunLengthMask half = RunLengthMask.ofBox(HEIGHT, WIDTH, new BoxXywh(100, 50, 50, 100));
            return new Segments(
                    WIDTH,
                    HEIGHT,
                    List.of(new Segment(Drawn.box("the cat", 0.9, half.box().toXyxy()), half)));
        }
    };

    @BeforeEach
    void write() throws IOException {
        Files.copy(Path.of("../examples/pictures/cat.jpg"), folder.resolve("cat.jpg"));
    }

    private Path annotations(String text) throws IOException {
        return Files.writeString(folder.resolve("referring.json"), text);
    }

    @Test
    void theBestMaskIsHeldAgainstTheTruth() throws IOException {
        ReferringMaskTask task = new ReferringMaskTask(annotations(ANNOTATIONS), folder);
        EvaluationRun run = new EvaluationRun(task, "stand-in", folder.resolve("out"));
        run.ask(Shard.WHOLE, MODEL, () -> {});
        Path results = run.writeResults();
        assertThat(task.quoted(task.score(results)))
                .containsEntry("mean_iou", 0.25)
                .containsEntry("cumulative_iou", 5_000 / 11_600.0)
                .containsEntry("P@0.5", 0.5)
                .containsEntry("P@0.6", 0.0);
        assertThat(task.review(results)).extracting(PictureReview::quality).containsExactly(0.5, 0.0);
    }

    @Test
    void anExpressionWithoutOutlineIsRefused() throws IOException {
        Path boxes = annotations(ANNOTATIONS.replaceAll("\"segmentation\"", "\"outline\""));
        ReferringMaskTask task = new ReferringMaskTask(boxes, folder);
        EvaluationRun run = new EvaluationRun(task, "stand-in", folder.resolve("out"));
        run.ask(Shard.WHOLE, MODEL, () -> {});
        Path results = run.writeResults();
        assertThatThrownBy(() -> task.score(results))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ANNOTATIONS))
                .hasMessageContaining("wanted the field segmentation");
    }
}
