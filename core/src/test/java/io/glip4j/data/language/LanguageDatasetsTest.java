package io.glip4j.data.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.AnsweredQuestion;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.PictureDescription;
import io.glip4j.input.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions as VQA v2 has them and descriptions as COCO has them. */
class LanguageDatasetsTest {
    private static final String QUESTION =
            "{\"image_id\": 9, \"question\": \"What is on the sofa?\", \"question_id\": 9000}";

    @TempDir
    private Path folder;

    @BeforeEach
    void copyPicture() throws IOException {
        Files.createDirectory(folder.resolve("images"));
        Files.copy(Path.of("../examples/pictures/cat.jpg"), folder.resolve("images/COCO_val2014_000000000009.jpg"));
        Files.copy(Path.of("../examples/pictures/cat.jpg"), folder.resolve("secret.jpg"));
    }

    private Path write(String name, String json) throws IOException {
        return Files.writeString(folder.resolve(name), json);
    }

    private static String annotation(int question, String usual, List<String> answers) {
        String list = answers.stream()
                .map(answer -> "{\"answer\": \"" + answer + "\", \"answer_confidence\": \"yes\"}")
                .collect(Collectors.joining(", "));
        return "{\"question_type\": \"what\", \"multiple_choice_answer\": \"" + usual + "\", \"answers\": [" + list
                + "], \"image_id\": 9, \"answer_type\": \"other\", \"question_id\": " + question + "}";
    }

    private VqaDataset vqa(String questions, String annotations, BadRecords bad) throws IOException {
        return VqaDataset.open(
                write("questions.json", "{\"data_subtype\": \"val2014\", \"questions\": [" + questions + "]}"),
                write("annotations.json", "{\"annotations\": [" + annotations + "]}"),
                folder.resolve("images"),
                new BadRecordLog(bad));
    }

    @Test
    void aQuestionComesWithItsPictureAndHowRightItsAnswersAre() throws IOException {
        List<String> ten = List.of("a cat", "cat", "Cat.", "cat", "the cats", "cats", "pillow", "two", "dog", "dog");
        VqaDataset dataset = vqa(QUESTION, annotation(9000, "cat", ten), BadRecords.REFUSE);

        assertThat(dataset.size()).isEqualTo(1);
        assertThat(dataset.pictureSize(0)).isEqualTo(new ImageSize(451, 300));
        assertThat(dataset.sample(0).picture().read(dataset.pictureSize(0)).width())
                .isEqualTo(451);
        AnsweredQuestion question = (AnsweredQuestion) dataset.sample(0).text();
        assertThat(question.text()).isEqualTo("What is on the sofa?");
        assertThat(question.scores()).containsOnlyKeys("cat", "cats", "pillow", "2", "dog");
        assertThat(question.scores()).containsEntry("cat", 1.0);
        assertThat(question.scores().getOrDefault("cats", 0.0)).isEqualTo(0.6, within(1e-9));
        assertThat(question.scores().getOrDefault("2", 0.0)).isEqualTo(0.3, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 10, 0.3",
        "2, 10, 0.6",
        "3, 10, 0.9",
        "4, 10, 1",
        "9, 10, 1",
        "1, 1, 1",
        "1, 3, 0.333333333",
        "3, 3, 1"
    })
    void soManyOfSoManyPeopleMakeAnAnswerSoRight(int agreeing, int people, double score) {
        List<String> answers = new ArrayList<>(Collections.nCopies(agreeing, "red"));
        for (int i = agreeing; i < people; i++) {
            answers.add("other " + i);
        }
        Map<String, Double> scores = AnswerScores.of(answers);
        assertThat(scores.getOrDefault("red", 0.0)).isEqualTo(score, within(1e-6));
    }

    @Test
    void frequentAnswersAreThoseThatStandForManyQuestions() throws IOException {
        String questions = QUESTION;
        String annotations = annotation(9000, "Yes", List.of("yes"));
        for (int i = 1; i < 6; i++) {
            questions += ", " + QUESTION.replace("9000", "900" + i);
            annotations += ", " + annotation(9000 + i, i < 3 ? "yes" : i == 5 ? "red" : "no", List.of("blue"));
        }
        VqaDataset dataset = vqa(questions, annotations, BadRecords.REFUSE);

        assertThat(dataset.frequentAnswers(2).answers()).containsExactly("yes", "no");
        assertThat(dataset.frequentAnswers(1).answers()).containsExactly("yes", "no", "red");
        assertThatThrownBy(() -> dataset.frequentAnswers(9))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("at least 9 questions");
    }

    @Test
    void badQuestionsAreNamedOrLeftOut() throws IOException {
        String questions = QUESTION
                + ", " + QUESTION.replace("9000", "9001").replace("What is on the sofa?", "??")
                + ", " + QUESTION.replace("9000", "9002").replace("\"image_id\": 9", "\"image_id\": 10")
                + ", "
                + QUESTION.replace("9000", "9003")
                        .replace("\"image_id\": 9", "\"image_id\": 11, \"image\": \"../secret.jpg\"")
                + ", " + QUESTION;
        String annotations = annotation(9000, "cat", List.of("cat")) + ", " + annotation(9009, "cat", List.of("cat"));
        assertThatThrownBy(() -> vqa(questions, annotations, BadRecords.REFUSE))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ANNOTATIONS))
                .hasMessageContaining("questions[1]")
                .hasMessageContaining("wanted words, got '??'");
        BadRecordLog log = new BadRecordLog(BadRecords.DROP);
        VqaDataset dataset = VqaDataset.open(
                folder.resolve("questions.json"),
                write("annotations.json", "{\"annotations\": [" + annotations + "]}"),
                folder.resolve("images"),
                log);
        assertThat(dataset.size()).isEqualTo(1);
        assertThat(log.lines()).hasSize(5);
        assertThat(log.lines().get(1)).contains("wanted the picture 10");
        assertThat(log.lines().get(2)).contains("inside the folder").contains("../secret.jpg");
        assertThat(log.lines().get(3)).contains("9000 twice");
        assertThat(log.lines().get(4)).contains("got 9009");
    }

    @Test
    void everyDescriptionIsASample() throws IOException {
        Path file = write("captions.json", """
                {"images": [{"id": 9, "file_name": "COCO_val2014_000000000009.jpg", "width": 451, "height": 300}],
                 "annotations": [{"image_id": 9, "id": 1, "caption": " A cat on a sofa.\\n"},
                                 {"image_id": 9, "id": 2, "caption": "Two remote controls."},
                                 {"image_id": 8, "id": 3, "caption": "A dog."},
                                 {"image_id": 9, "id": 4, "caption": " . "}]}
                """);
        BadRecordLog log = new BadRecordLog(new BadRecords(2));
        CocoCaptions captions = CocoCaptions.open(file, folder.resolve("images"), log);

        assertThat(captions.size()).isEqualTo(2);
        assertThat(captions.sample(0).text()).isEqualTo(new PictureDescription("A cat on a sofa."));
        assertThat(captions.sample(1).text()).isEqualTo(new PictureDescription("Two remote controls."));
        assertThat(captions.pictureSize(1)).isEqualTo(new ImageSize(451, 300));
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(0)).contains("annotations[2]").contains("got image_id 8");
        assertThat(log.lines().get(1)).contains("annotations[3]").contains("words");
        assertThatThrownBy(() -> CocoCaptions.open(file, folder.resolve("images"), new BadRecordLog(BadRecords.REFUSE)))
                .isInstanceOf(GlipException.class);
    }
}
