package io.glip4j.eval.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.eval.referring.PhraseCutBoxes;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.Prompt;
import io.glip4j.json.JsonRecords;
import io.glip4j.output.Detection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** PhraseCut: every phrase of a picture is looked for by itself; the boxes above a score are its prediction. */
public final class PhraseCutTask implements EvaluationTask {
    private final Path annotations;
    private final double threshold;
    private final List<TaskPicture> pictures = new ArrayList<>();
    private final Map<String, Content> contents = new HashMap<>();

    private record Phrase(String id, String words, List<BoxXyxy> boxes) {}

    private record Content(int width, int height, List<Phrase> phrases) {}

    /**
     * A list of pictures {@code image_id, width, height, tasks}; tasks have {@code task_id, phrase, instance_boxes}.
     *
     * @param images has the pictures, {@code ID.jpg}
     * @param threshold boxes of at least this score are predicted, 0 to 1
     */
    public PhraseCutTask(Path annotations, Path images, double threshold) {
        this.annotations = annotations;
        this.threshold = threshold;
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "wanted a score threshold in 0..1, got " + threshold);
        }
        JsonRecords.readList(annotations, json -> {
            JsonNode image = json.tree();
            json.require(image.path("image_id").isValueNode(), "image_id");
            json.require(image.path("tasks").isArray(), "tasks");
            String id = image.path("image_id").asText();
            List<Phrase> phrases = new ArrayList<>();
            for (JsonNode task : image.path("tasks")) {
                json.require(!task.path("phrase").asText().isBlank(), "phrase");
                phrases.add(new Phrase(
                        task.path("task_id").asText(),
                        task.path("phrase").asText(),
                        xyxy(task.path("instance_boxes"))));
            }
            pictures.add(new TaskPicture(id, images.resolve(id + ".jpg")));
            contents.put(
                    id,
                    new Content(
                            image.path("width").asInt(), image.path("height").asInt(), List.copyOf(phrases)));
        });
    }

    private static List<BoxXyxy> xyxy(JsonNode boxesXywh) {
        List<BoxXyxy> boxes = new ArrayList<>();
        boxesXywh.forEach(box -> boxes.add(new BoxXyxy(
                box.path(0).asDouble(),
                box.path(1).asDouble(),
                box.path(0).asDouble() + box.path(2).asDouble(),
                box.path(1).asDouble() + box.path(3).asDouble())));
        return List.copyOf(boxes);
    }

    @Override
    public String description() {
        return "phrasecut " + annotations.getFileName() + ", " + pictures.size() + " pictures, score " + threshold;
    }

    @Override
    public List<TaskPicture> pictures() {
        return List.copyOf(pictures);
    }

    private record Result(@JsonProperty("image_id") String imageId, int width, int height, List<Task> tasks) {}

    /** Boxes x, y, width, height. */
    private record Task(
            @JsonProperty("task_id") String taskId,
            @JsonProperty("pred_boxes") List<List<Double>> boxes,
            @JsonProperty("pred_scores") List<Double> scores) {}

    @Override
    public List<Object> ask(TaskPicture picture, Asker asker) {
        Content content = content(picture);
        List<Task> tasks = new ArrayList<>();
        for (Phrase phrase : content.phrases()) {
            List<Detection> found =
                    asker.ask(Prompt.sentence(phrase.words())).above(threshold).detections();
            tasks.add(new Task(
                    phrase.id(),
                    found.stream()
                            .map(Detection::box)
                            .map(box -> List.of(box.x1(), box.y1(), box.x2() - box.x1(), box.y2() - box.y1()))
                            .toList(),
                    found.stream().map(Detection::score).toList()));
        }
        return List.of(new Result(picture.id(), content.width(), content.height(), tasks));
    }

    private Content content(TaskPicture picture) {
        return contents.getOrDefault(picture.id(), new Content(0, 0, List.of()));
    }

    /** Box numbers only: a model without masks has no mask numbers. */
    @Override
    public Map<String, Object> score(Path results) {
        PhraseCutBoxes boxes = PhraseCutBoxes.evaluate(annotations, results);
        Map<String, Object> scores = new LinkedHashMap<>();
        scores.put("tasks", boxes.byTask().size());
        scores.put("tasks_with_prediction", boxes.predicted().overlaps().size());
        scores.put("mean_box_iou", boxes.predicted().mean());
        scores.put("precision_box", boxes.predicted().precisionAbove());
        scores.put("mean_box_iou_missing_as_empty", boxes.meanWithMissing());
        return scores;
    }

    @Override
    public Map<String, Double> quoted(Map<String, Object> scores) {
        return Quoted.numbers(scores);
    }

    /** A picture's quality is the mean box IoU of its phrases. */
    @Override
    public List<PictureReview> review(Path results) {
        PhraseCutBoxes overlaps = PhraseCutBoxes.evaluate(annotations, results);
        Map<String, List<Detection>> found = new HashMap<>();
        JsonRecords.readList(results, json -> {
            JsonNode image = json.tree();
            Map<String, String> words = new HashMap<>();
            contents.getOrDefault(image.path("image_id").asText(), new Content(0, 0, List.of()))
                    .phrases()
                    .forEach(phrase -> words.put(phrase.id(), phrase.words()));
            List<Detection> drawn = new ArrayList<>();
            for (JsonNode task : image.path("tasks")) {
                List<BoxXyxy> boxes = xyxy(task.path("pred_boxes"));
                for (int i = 0; i < boxes.size() && drawn.size() < PictureReview.DRAWN; i++) {
                    drawn.add(Drawn.box(
                            words.getOrDefault(task.path("task_id").asText(), "?"),
                            task.path("pred_scores").path(i).asDouble(),
                            boxes.get(i)));
                }
            }
            found.put(image.path("image_id").asText(), drawn);
        });
        return pictures.stream()
                .map(picture -> new PictureReview(
                        picture,
                        content(picture).phrases().stream()
                                .mapToDouble(phrase -> overlaps.overlap(phrase.id()))
                                .average()
                                .orElse(1),
                        content(picture).phrases().stream()
                                .flatMap(
                                        phrase -> phrase.boxes().stream().map(box -> Drawn.box(phrase.words(), 1, box)))
                                .toList(),
                        found.getOrDefault(picture.id(), List.of())))
                .toList();
    }
}
