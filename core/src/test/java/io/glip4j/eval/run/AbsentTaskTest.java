package io.glip4j.eval.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.GlipException;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.Prompt;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import io.glip4j.output.PhraseThresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stand-in that finds dogs everywhere, cats where they are, and once a unicorn, each with a score of its own. */
class AbsentTaskTest {
    private static final Map<String, Double> SCORES = Map.of("cat", 0.8, "dog", 0.6, "cup", 0.3);

    @TempDir
    private Path folder;

    private Path annotations = Path.of("");
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        Files.copy(Path.of("../examples/pictures/cat.jpg"), folder.resolve("cat.jpg"));
        Files.copy(Path.of("../examples/pictures/coffee.jpg"), folder.resolve("coffee.jpg"));
        annotations = Files.writeString(folder.resolve("set.json"), """
                {"images": [{"id": 1, "file_name": "cat.jpg", "width": 451, "height": 300},
                            {"id": 2, "file_name": "coffee.jpg", "width": 600, "height": 400}],
                 "categories": [{"id": 1, "name": "cat"}, {"id": 2, "name": "cup"}, {"id": 3, "name": "dog"},
                                {"id": 4, "name": "unicorn"}],
                 "annotations": [
                   {"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 100, 100], "area": 10000},
                   {"id": 2, "image_id": 2, "category_id": 2, "bbox": [0, 0, 100, 100], "area": 10000},
                   {"id": 3, "image_id": 2, "category_id": 2, "bbox": [300, 300, 50, 50], "area": 2500},
                   {"id": 4, "image_id": 2, "category_id": 3, "bbox": [0, 0, 600, 400], "area": 1, "iscrowd": 1}]}
                """);
    }

    private AbsentTask task(PhraseThresholds thresholds) {
        return new AbsentTask(annotations, folder, 10, 0, thresholds);
    }

    private Path results(AbsentTask task) {
        EvaluationRun run = new EvaluationRun(task, "stand-in", folder.resolve("out"));
        run.ask(
                Shard.WHOLE,
                (picture, prompt) -> {
                    asked.add(prompt.text());
                    return new Grounding(picture.width(), picture.height(), found(prompt));
                },
                () -> {});
        return run.writeResults();
    }

    private static List<Detection> found(Prompt prompt) {
        return prompt.phrases().stream()
                .filter(phrase -> SCORES.containsKey(phrase.text()))
                .map(phrase -> new Detection(
                        phrase.text(),
                        phrase.span(),
                        SCORES.getOrDefault(phrase.text(), 0.0),
                        new BoxXyxy(0, 0, 99, 99),
                        List.of()))
                .toList();
    }

    @Test
    void everyBoxOfANameThatIsNotThereIsAFalseAlarm() {
        AbsentTask task = task(PhraseThresholds.even(0.5));
        Map<String, Object> scores = task.score(results(task));

        assertThat(asked).hasSize(4); // absent names and present ones of two pictures
        assertThat(asked.get(0)).contains("cup", "dog", "unicorn").doesNotContain("cat");
        assertThat(asked.get(1)).contains("cat").doesNotContain("dog");
        assertThat(asked.get(2)).contains("cat", "unicorn").doesNotContain("dog", "cup"); // a crowd of dogs is there
        assertThat(scores)
                .containsEntry("pictures", 2)
                .containsEntry("absent_names", 5)
                .containsEntry("objects", 3)
                .containsEntry("false_alarms_per_picture", 1.0) // a dog at the cat, a cat at the coffee
                .containsEntry("absent_names_found", 0.4)
                .containsEntry("pictures_without_false_alarm", 0.0)
                .containsEntry("objects_found", 1 / 3.0); // the cat; the cup's score is too low
        assertThat(task.quoted(scores)).containsKeys("false_alarms_per_picture", "objects_found");
        assertThat(task.review(folder.resolve("out/results.json"))).allSatisfy(review -> {
            assertThat(review.quality()).isEqualTo(0.5);
            assertThat(review.found()).hasSize(1);
        });
    }

    @Test
    void theSameAnswersByAThresholdForEachPhrase() {
        Path results = results(task(PhraseThresholds.even(0.5)));
        AbsentTask tuned = task(new PhraseThresholds("", 0.2, Map.of("dog", 0.7, "cat", 0.75)));
        asked.clear();
        assertThat(results(tuned)).isEqualTo(results);
        assertThat(asked).isEmpty(); // thresholds are no part of what was asked
        assertThat(tuned.score(results))
                .containsEntry("false_alarms_per_picture", 1.0) // a cup and a cat
                .containsEntry("objects_found", 2 / 3.0);
    }

    @Test
    void theBestScoreOfEveryAbsentNameIsWhatThresholdsAreFittedTo() {
        AbsentTask task = task(PhraseThresholds.even(0));
        assertThat(task.highestOfAbsent(results(task)))
                .containsEntry("cat", List.of(0.8))
                .containsEntry("dog", List.of(0.6))
                .containsEntry("cup", List.of(0.3))
                .containsEntry("unicorn", List.of(0.0, 0.0));
    }

    @Test
    void asManyAbsentNamesAsAskedForTheSameEachTime() {
        AbsentTask one = new AbsentTask(annotations, folder, 1, 5, PhraseThresholds.even(0));
        assertThat(one.highestOfAbsent(results(one)).values().stream()
                        .mapToInt(List::size)
                        .sum())
                .isEqualTo(2);
        assertThat(one.description()).contains("up to 1 absent names each, seed 5");
    }

    @Test
    void aSetInWhichNothingIsAbsentIsRefused() throws IOException {
        assertThatThrownBy(() -> new AbsentTask(annotations, folder, 0, 0, PhraseThresholds.even(0)))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("at least 1 for a picture, got 0");
        Path full = Files.writeString(folder.resolve("full.json"), """
                {"images": [{"id": 1, "file_name": "cat.jpg", "width": 451, "height": 300}],
                 "categories": [{"id": 1, "name": "cat"}],
                 "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 9, 9], "area": 81}]}
                """);
        assertThatThrownBy(() -> new AbsentTask(full, folder, 3, 0, PhraseThresholds.even(0)))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("wanted pictures in which some category is absent");
    }
}
