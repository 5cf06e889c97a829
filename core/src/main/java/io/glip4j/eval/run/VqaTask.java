package io.glip4j.eval.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.PictureFolder;
import io.glip4j.data.language.VqaFiles;
import io.glip4j.eval.Metric;
import io.glip4j.eval.Score;
import io.glip4j.eval.ScoreOptions;
import io.glip4j.eval.vqa.VqaEvaluation;
import io.glip4j.eval.vqa.VqaScores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** VQA v2: all questions about a picture, each answered by the most probable answer; the official accuracy. */
public final class VqaTask implements EvaluationTask {
    private final Path annotations;
    private final Map<String, List<VqaFiles.Asked>> questions = new LinkedHashMap<>();
    private final List<TaskPicture> pictures = new ArrayList<>();
    private final int count;

    /** The files of VQA v2; every question is annotated. */
    public VqaTask(Path questionsFile, Path annotations, Path images) {
        this.annotations = annotations;
        PictureFolder folder = new PictureFolder(images);
        Map<Long, VqaFiles.Asked> asked =
                VqaFiles.questions(questionsFile, images, new BadRecordLog(BadRecords.REFUSE));
        this.count = asked.size();
        for (VqaFiles.Asked question : asked.values()) {
            String id = Long.toString(question.imageId());
            questions
                    .computeIfAbsent(id, first -> {
                        pictures.add(new TaskPicture(id, folder.resolve(question.picture())));
                        return new ArrayList<>();
                    })
                    .add(question);
        }
    }

    @Override
    public String description() {
        return "vqa " + annotations.getFileName() + ", " + count + " questions";
    }

    @Override
    public List<TaskPicture> pictures() {
        return List.copyOf(pictures);
    }

    private record Result(@JsonProperty("question_id") long questionId, String answer) {}

    @Override
    public List<Object> ask(TaskPicture picture, Asker asker) {
        return questionsOf(picture).stream()
                .<Object>map(asked -> new Result(
                        asked.id(), asker.answer(asked.question()).best().text()))
                .toList();
    }

    private List<VqaFiles.Asked> questionsOf(TaskPicture picture) {
        return questions.getOrDefault(picture.id(), List.of());
    }

    @Override
    public Map<String, Object> score(Path results) {
        return Score.run(Metric.VQA, annotations, results, ScoreOptions.OFFICIAL);
    }

    @Override
    public Map<String, Double> quoted(Map<String, Object> scores) {
        Map<String, Double> quoted = new LinkedHashMap<>();
        if (scores.get("overall") instanceof Double overall) {
            quoted.put("overall", overall);
        }
        if (scores.get("per_answer_type") instanceof Map<?, ?> types) {
            types.forEach((type, row) -> {
                if (row instanceof Map<?, ?> numbers && numbers.get("accuracy") instanceof Double accuracy) {
                    quoted.put(String.valueOf(type), accuracy);
                }
            });
        }
        return quoted;
    }

    /** A picture's quality is the mean accuracy of its questions. */
    @Override
    public List<PictureReview> review(Path results) {
        VqaScores scores = VqaEvaluation.evaluate(annotations, results);
        Map<Long, Double> accuracies = new HashMap<>();
        scores.questions().forEach(question -> accuracies.put(question.id(), question.accuracy()));
        return pictures.stream()
                .map(picture -> new PictureReview(
                        picture,
                        questionsOf(picture).stream()
                                .mapToDouble(asked -> accuracies.getOrDefault(asked.id(), 0.0))
                                .average()
                                .orElse(0),
                        List.of(),
                        List.of()))
                .toList();
    }
}
