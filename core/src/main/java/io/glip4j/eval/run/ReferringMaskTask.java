package io.glip4j.eval.run;

import io.glip4j.eval.referring.BoxAccuracy;
import io.glip4j.eval.referring.MaskOverlap;
import io.glip4j.eval.referring.OverlapScores;
import io.glip4j.eval.referring.ReferringEvaluation;
import io.glip4j.geometry.BoxXywh;
import io.glip4j.geometry.RunLengthMask;
import io.glip4j.input.Prompt;
import io.glip4j.json.RunLengthsJson;
import io.glip4j.output.Detection;
import io.glip4j.output.Segment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Referring segmentation, RefCOCO style: each picture record carries one expression, for which the mask of the best box
 * is the answer; cumulative and mean IoU, P@0.5 to 0.9.
 */
public final class ReferringMaskTask implements EvaluationTask {
    private final Path annotations;
    private final Expressions expressions;

    /** COCO JSON whose pictures have a {@code caption}, with one annotation each that has a {@code segmentation}. */
    public ReferringMaskTask(Path annotations, Path images) {
        this.annotations = annotations;
        this.expressions = Expressions.read(annotations, images);
    }

    @Override
    public String description() {
        return "refseg " + annotations.getFileName() + ", " + pictures().size() + " expressions";
    }

    @Override
    public List<TaskPicture> pictures() {
        return expressions.pictures();
    }

    private record Result(String id, @Nullable RunLengthsJson pred) {}

    @Override
    public List<Object> ask(TaskPicture picture, Asker asker) {
        List<Segment> found =
                asker.segment(Prompt.sentence(expressions.of(picture))).segments();
        return List.of(new Result(
                picture.id(),
                found.isEmpty() ? null : RunLengthsJson.of(found.get(0).mask())));
    }

    @Override
    public Map<String, Object> score(Path results) {
        OverlapScores overlaps = new OverlapScores(List.copyOf(
                ReferringEvaluation.evaluateCoco(annotations, results).values()));
        Map<String, Object> scores = new LinkedHashMap<>();
        scores.put("items", overlaps.overlaps().size());
        scores.put("mean_iou", overlaps.mean());
        scores.put("cumulative_iou", overlaps.cumulative());
        overlaps.precisionAt().forEach((threshold, share) -> scores.put("P@" + threshold, share));
        return scores;
    }

    @Override
    public Map<String, Double> quoted(Map<String, Object> scores) {
        return Quoted.numbers(scores);
    }

    /** The boxes of the masks, expected and found; a picture's quality is the IoU of the masks. */
    @Override
    public List<PictureReview> review(Path results) {
        Map<String, BoxXywh> expected = BoxAccuracy.truth(annotations);
        Map<String, Optional<RunLengthMask>> found = ReferringEvaluation.predictions(results);
        Map<String, MaskOverlap> overlaps = ReferringEvaluation.evaluateCoco(annotations, results);
        return pictures().stream()
                .map(picture -> new PictureReview(
                        picture,
                        Optional.ofNullable(overlaps.get(picture.id()))
                                .map(MaskOverlap::ratio)
                                .orElse(0.0),
                        drawn(picture, Optional.ofNullable(expected.get(picture.id()))),
                        drawn(
                                picture,
                                found.getOrDefault(picture.id(), Optional.empty())
                                        .map(RunLengthMask::box))))
                .toList();
    }

    private List<Detection> drawn(TaskPicture picture, Optional<BoxXywh> box) {
        return box.map(one -> Drawn.box(expressions.of(picture), 1, one.toXyxy())).stream()
                .toList();
    }
}
