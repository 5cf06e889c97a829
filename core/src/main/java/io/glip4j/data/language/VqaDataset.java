package io.glip4j.data.language;

import io.glip4j.GlipException;
import io.glip4j.data.AnsweredQuestion;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.GroundingDataset;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.PictureFile;
import io.glip4j.data.PictureFolder;
import io.glip4j.data.table.PictureTable;
import io.glip4j.input.ImageSize;
import io.glip4j.json.JsonRecord;
import io.glip4j.json.JsonRecords;
import io.glip4j.model.AnswerVocabulary;
import io.glip4j.model.Task;
import io.glip4j.text.AnswerNormalizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Questions and answers in the files of VQA v2; each question is a sample. Sizes are read from the pictures. */
public final class VqaDataset implements GroundingDataset {
    private final Path file;
    private final PictureTable pictures;
    private final List<Sample> samples;

    /** @param usual the answer that stands for all */
    private record Sample(int picture, AnsweredQuestion question, String usual) {}

    private VqaDataset(Path file, PictureTable pictures, List<Sample> samples) {
        this.file = file;
        this.pictures = pictures;
        this.samples = samples;
    }

    /**
     * Opens a data set.
     *
     * @param questions the questions' file; those without annotation are left out
     * @param annotations the answers' file
     * @throws GlipException {@code UNREADABLE_FILE}, or {@code BAD_ANNOTATIONS} if it is of another shape or has too many
     *     bad records
     */
    public static VqaDataset open(Path questions, Path annotations, Path pictures, BadRecordLog log) {
        Map<Long, VqaFiles.Asked> asked = VqaFiles.questions(questions, pictures, log);
        PictureFolder folder = new PictureFolder(pictures);
        PictureTable table = new PictureTable(folder);
        Map<String, Integer> numbers = new HashMap<>();
        List<Sample> samples = new ArrayList<>();
        JsonRecords.readLists(
                annotations,
                Map.of("annotations", json -> {
                    Answered answered = answered(json);
                    VqaFiles.Asked question = asked.get(answered.question());
                    if (question == null) {
                        throw json.bad("wanted the id of a question in " + questions + ", got " + answered.question());
                    }
                    int picture = number(json, question, folder, table, numbers);
                    samples.add(new Sample(
                            picture,
                            new AnsweredQuestion(question.question(), AnswerScores.of(answered.answers())),
                            AnswerNormalizer.normalize(answered.usual())));
                }),
                log::add);
        return new VqaDataset(annotations, table, samples);
    }

    private static int number(
            JsonRecord json,
            VqaFiles.Asked question,
            PictureFolder folder,
            PictureTable table,
            Map<String, Integer> numbers) {
        Integer known = numbers.get(question.picture());
        if (known != null) {
            return known;
        }
        try {
            ImageSize size = new PictureFile(folder.existing(question.picture())).storedSize();
            int added = table.add(question.picture(), "", size);
            numbers.put(question.picture(), added);
            return added;
        } catch (GlipException e) {
            throw json.bad("question " + question.id() + ": " + e.getMessage());
        }
    }

    private record Answered(long question, String usual, List<String> answers) {}

    private static Answered answered(JsonRecord json) throws IOException {
        OptionalLong question = OptionalLong.empty();
        String usual = "";
        List<String> answers = new ArrayList<>();
        while (json.nextField()) {
            switch (json.field()) {
                case "question_id" -> question = OptionalLong.of(json.integer());
                case "multiple_choice_answer" -> usual = json.text();
                case "answers" ->
                    json.value().forEach(one -> answers.add(one.path("answer").asText("")));
                default -> json.skip();
            }
        }
        json.require(question.isPresent(), "question_id");
        json.require(!answers.isEmpty(), "answers");
        return new Answered(question.getAsLong(), usual.isEmpty() ? answers.get(0) : usual, answers);
    }

    /**
     * The answers to choose from, as {@link AnswerCounts#frequent}.
     *
     * @throws GlipException {@code BAD_ARGUMENT} if none is frequent enough
     */
    public AnswerVocabulary frequentAnswers(int leastQuestions) {
        AnswerCounts counts = new AnswerCounts();
        samples.forEach(sample -> counts.add(sample.usual()));
        return counts.frequent(leastQuestions, file.toString());
    }

    @Override
    public String name() {
        return String.valueOf(file.getFileName());
    }

    @Override
    public Task task() {
        return Task.ANSWER;
    }

    @Override
    public int size() {
        return samples.size();
    }

    @Override
    public ImageSize pictureSize(int index) {
        return pictures.size(samples.get(index).picture());
    }

    @Override
    public GroundingSample sample(int index) {
        Sample sample = samples.get(index);
        ImageSize size = pictures.size(sample.picture());
        return new GroundingSample(
                file.toString(),
                pictures.source(sample.picture()),
                size.width(),
                size.height(),
                List.of(),
                sample.question());
    }
}
