package io.glip4j.data.scene.file;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.glip4j.data.scene.Question;
import io.glip4j.data.scene.Scene;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Questions and answers in VQA's layout, {@code questions.json} and {@code answers.json}: ten annotators agree. */
final class QuestionRecords implements SceneRecords {
    private static final int ANNOTATORS = 10;
    private static final int TYPE_WORDS = 2;

    private final JsonLists questions = new JsonLists("questions");
    private final JsonLists answers = new JsonLists("annotations");
    private long next = 1;

    private record Asked(
            @JsonProperty("question_id") long id,
            @JsonProperty("image_id") long imageId,
            String image,
            String question) {}

    private record Given(
            @JsonProperty("answer_id") int id,
            String answer,
            @JsonProperty("answer_confidence") String confidence) {}

    private record Answered(
            @JsonProperty("question_id") long id,
            @JsonProperty("image_id") long imageId,
            @JsonProperty("question_type") String questionType,
            @JsonProperty("answer_type") String answerType,
            @JsonProperty("multiple_choice_answer") String answer,
            List<Given> answers) {}

    @Override
    public void add(ScenePicture picture, Scene scene) {
        add(picture, scene.questions());
    }

    void add(ScenePicture picture, List<Question> asked) {
        for (Question question : asked) {
            long id = next++;
            questions.add("questions", new Asked(id, picture.id(), picture.fileName(), question.question()));
            List<Given> given = IntStream.rangeClosed(1, ANNOTATORS)
                    .mapToObj(annotator -> new Given(annotator, question.answer(), "yes"))
                    .toList();
            answers.add(
                    "annotations",
                    new Answered(
                            id,
                            picture.id(),
                            type(question.question()),
                            question.kind().published(),
                            question.answer(),
                            given));
        }
    }

    /** As VQA sorts questions: by their first words. */
    private static String type(String question) {
        String[] words = question.toLowerCase(Locale.ROOT).split(" ", TYPE_WORDS + 1);
        return String.join(" ", List.of(words).subList(0, Math.min(TYPE_WORDS, words.length)));
    }

    @Override
    public void write(Path folder) {
        questions.write(folder.resolve("questions.json"));
        answers.write(folder.resolve("answers.json"));
    }
}
