package io.glip4j.eval.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.eval.referring.BoxAccuracy;
import io.glip4j.geometry.BoxXywh;
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

/** RefCOCO style: each picture record carries one expression, which is looked for as one phrase; box accuracy. */
public final class ReferringTask implements EvaluationTask {
    private static final List<Integer> RANKS = List.of(1, 5, 10);

    private final Path annotations;
    private final Expressions expressions;

    /** COCO JSON whose pictures have a {@code caption}, with one box each. */
    public ReferringTask(Path annotations, Path images) {
        this.annotations = annotations;
        this.expressions = Expressions.read(annotations, images);
    }

    @Override
    public String description() {
        return "refcoco " + annotations.getFileName() + ", " + pictures().size() + " expressions";
    }

    @Override
    public List<TaskPicture> pictures() {
        return expressions.pictures();
    }

    /** Boxes x1, y1, x2, y2, best first. */
    private record Result(@JsonProperty("image_id") long imageId, List<List<Double>> boxes) {}

    @Override
    public List<Object> ask(TaskPicture picture, Asker asker) {
        List<List<Double>> boxes = asker.ask(Prompt.sentence(expressions.of(picture))).detections().stream()
                .limit(RANKS.get(RANKS.size() - 1))
                .map(Detection::box)
                .map(box -> List.of(box.x1(), box.y1(), box.x2(), box.y2()))
                .toList();
        return List.of(new Result(Long.parseLong(picture.id()), boxes));
    }

    @Override
    public Map<String, Object> score(Path results) {
        BoxAccuracy accuracy = BoxAccuracy.evaluate(annotations, results);
        Map<String, Object> scores = new LinkedHashMap<>();
        scores.put("items", accuracy.overlaps().size());
        scores.put("box_accuracy", accuracy.at(1));
        for (int k : RANKS) {
            scores.put("P@" + k, accuracy.at(k));
        }
        return scores;
    }

    @Override
    public Map<String, Double> quoted(Map<String, Object> scores) {
        return Quoted.numbers(scores);
    }

    /** A picture's quality is the IoU of its first box. */
    @Override
    public List<PictureReview> review(Path results) {
        Map<String, BoxXywh> truth = BoxAccuracy.truth(annotations);
        List<List<Double>> overlaps = BoxAccuracy.evaluate(annotations, results).overlaps();
        Map<String, Double> quality = new HashMap<>();
        int i = 0;
        for (String id : truth.keySet()) {
            List<Double> ofOne = overlaps.get(i++);
            quality.put(id, ofOne.isEmpty() ? 0 : ofOne.get(0));
        }
        Map<String, List<BoxXyxy>> found = new HashMap<>();
        JsonRecords.readList(results, json -> {
            JsonNode result = json.tree();
            List<BoxXyxy> boxes = new ArrayList<>();
            result.path("boxes")
                    .forEach(box -> boxes.add(new BoxXyxy(
                            box.path(0).asDouble(),
                            box.path(1).asDouble(),
                            box.path(2).asDouble(),
                            box.path(3).asDouble())));
            found.put(result.path("image_id").asText(), boxes);
        });
        return pictures().stream()
                .map(picture -> new PictureReview(
                        picture,
                        quality.getOrDefault(picture.id(), 0.0),
                        truth.containsKey(picture.id())
                                ? List.of(Drawn.box(
                                        expressions.of(picture),
                                        1,
                                        truth.getOrDefault(picture.id(), BoxXywh.EMPTY)
                                                .toXyxy()))
                                : List.of(),
                        found.getOrDefault(picture.id(), List.of()).stream()
                                .limit(1)
                                .map(box -> Drawn.box(expressions.of(picture), 1, box))
                                .toList()))
                .toList();
    }
}
