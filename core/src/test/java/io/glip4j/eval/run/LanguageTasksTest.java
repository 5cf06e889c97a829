package io.glip4j.eval.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.input.Picture;
import io.glip4j.input.Prompt;
import io.glip4j.output.Answer;
import io.glip4j.output.Answers;
import io.glip4j.output.Description;
import io.glip4j.output.Grounding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions and descriptions from files to the official numbers; the model is a stand-in. */
class LanguageTasksTest {
    @TempDir
    private Path folder;

    /** Answers yes, and tells pictures apart by their width. */
    private static final EvaluatedModel MODEL = new EvaluatedModel() {
        @Override
        public Grounding ground(Picture picture, Prompt prompt) {
            return nothing(picture);
        }

        @Override
        public Answers answer(Picture picture, String question) {
            return new Answers(
                    question,
                    List.of(new Answer(question.startsWith("How") ? "2" : "yes", 0.9), new Answer("no", 0.2)),
                    nothing(picture));
        }

        @Override
        public Description describe(Picture picture) {
            String text = picture.width() == 451 ? "a cat sleeps on a sofa" : "a cup of coffee on a table";
            return new Description(text, -3, true, nothing(picture));
        }

        private static Grounding nothing(Picture picture) {
            return new Grounding(picture.width(), picture.height(), List.of());
        }
    };

    @BeforeEach
    void write() throws IOException {
        Files.copy(Path.of("../examples/pictures/cat.jpg"), folder.resolve("cat.jpg"));
        Files.copy(Path.of("../examples/pictures/coffee.jpg"), folder.resolve("coffee.jpg"));
        Files.writeString(folder.resolve("questions.json"), """
                {"questions": [{"question_id": 10, "image_id": 1, "question": "Is it a cat?", "image": "cat.jpg"},
                               {"question_id": 20, "image_id": 2, "question": "Is it tea?", "image": "coffee.jpg"},
                               {"question_id": 11, "image_id": 1, "question": "How many cats?", "image": "cat.jpg"}]}
                """);
        Files.writeString(folder.resolve("annotations.json"), """
                {"annotations": [%s, %s, %s]}
                """.formatted(
                annotation(10, "yes/no", "yes"), annotation(20, "yes/no", "no"), annotation(11, "number", "1")));
        Files.writeString(folder.resolve("captions.json"), """
                {"images": [{"id": 1, "file_name": "cat.jpg", "width": 451, "height": 300},
                            {"id": 2, "file_name": "coffee.jpg", "width": 600, "height": 400}],
                 "annotations": [{"image_id": 1, "id": 1, "caption": "A cat sleeps on a sofa."},
                                 {"image_id": 2, "id": 2, "caption": "Somebody reads a book."}]}
                """);
    }

    private static String annotation(int question, String type, String answer) {
        String ten = "{\"answer\": \"%s\", \"answer_id\": %d}".formatted(answer, 1);
        StringBuilder answers = new StringBuilder(ten);
        for (int i = 2; i <= 10; i++) {
            answers.append(", {\"answer\": \"%s\", \"answer_id\": %d}".formatted(answer, i));
        }
        return "{\"question_id\": %d, \"question_type\": \"is it\", \"answer_type\": \"%s\", \"answers\": [%s]}"
                .formatted(question, type, answers);
    }

    private static Path answered(EvaluationTask task, Path out) {
        EvaluationRun run = new EvaluationRun(task, "stand-in", out);
        run.ask(Shard.WHOLE, MODEL, () -> {});
        return run.writeResults();
    }

    @Test
    void questionsAreAskedPictureByPictureAndScored() {
        VqaTask task = new VqaTask(folder.resolve("questions.json"), folder.resolve("annotations.json"), folder);
        assertThat(task.description()).isEqualTo("vqa annotations.json, 3 questions");
        assertThat(task.pictures()).hasSize(2);

        Path results = answered(task, folder.resolve("out"));

        Map<String, Double> quoted = task.quoted(task.score(results));
        assertThat(quoted).containsOnlyKeys("overall", "number", "yes/no");
        assertThat(quoted.get("overall")).isEqualTo(33.33);
        assertThat(quoted.get("yes/no")).isEqualTo(50);
        assertThat(task.review(results)).extracting(PictureReview::quality).containsExactly(0.5, 0.0);
    }

    @Test
    void everyPictureIsDescribedOnceAndScored() {
        CaptionTask task = new CaptionTask(folder.resolve("captions.json"), folder);
        assertThat(task.description()).isEqualTo("captions captions.json, 2 pictures");

        Path results = answered(task, folder.resolve("out"));

        Map<String, Double> quoted = task.quoted(task.score(results));
        assertThat(quoted).containsOnlyKeys("Bleu_4", "ROUGE_L", "CIDEr");
        assertThat(quoted.get("ROUGE_L")).isBetween(0.5, 0.6);
        List<PictureReview> reviews = task.review(results);
        assertThat(reviews.get(0).quality()).isEqualTo(1, within(1e-9));
        assertThat(reviews.get(1).quality()).isLessThan(0.3);
    }
}
