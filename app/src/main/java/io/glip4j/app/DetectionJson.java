package io.glip4j.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.glip4j.output.Answers;
import io.glip4j.output.Description;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import java.nio.file.Path;
import java.util.List;

/** What {@code --json} and {@code --coco} print; docs/detections.schema.json describes that of {@code glip ground}. */
final class DetectionJson {
    private static final double SCORE_STEP = 1e6;
    private static final double PIXEL_STEP = 1e3;

    private DetectionJson() {}

    /** One picture's detections. */
    record PictureResult(String image, int width, int height, List<Found> detections) {}

    /** One detection, its box as x1, y1, x2, y2. */
    record Found(String phrase, List<Integer> span, double score, List<Double> box) {}

    /** One detection as the COCO tools read it, its box as x, y, width, height. */
    record CocoResult(
            @JsonProperty("image_id") long imageId,
            @JsonProperty("category_id") long categoryId,
            List<Double> bbox,
            double score) {}

    /** What was answered to a question about one picture, and what the question names in it. */
    record Answered(
            String image, int width, int height, String question, List<Probable> answers, List<Found> detections) {}

    /** One answer, its probability 0..1. */
    record Probable(String answer, double probability) {}

    /** What was said of one picture, and what that names in it. */
    record Described(
            String image,
            int width,
            int height,
            String description,
            @JsonProperty("log_probability") double logProbability,
            boolean ended,
            List<Found> detections) {}

    static PictureResult picture(Path image, Grounding grounding) {
        return new PictureResult(image.toString(), grounding.width(), grounding.height(), found(grounding));
    }

    static Answered answered(Path image, Answers answers, int most, Grounding grounding) {
        List<Probable> best = answers.answers().stream()
                .limit(most)
                .map(answer -> new Probable(answer.text(), rounded(answer.probability(), SCORE_STEP)))
                .toList();
        return new Answered(
                image.toString(), grounding.width(), grounding.height(), answers.question(), best, found(grounding));
    }

    static Described described(Path image, Description description, Grounding grounding) {
        return new Described(
                image.toString(),
                grounding.width(),
                grounding.height(),
                description.text(),
                rounded(description.logProbability(), SCORE_STEP),
                description.ended(),
                found(grounding));
    }

    private static List<Found> found(Grounding grounding) {
        return grounding.detections().stream().map(DetectionJson::found).toList();
    }

    static Found found(Detection detection) {
        return new Found(
                detection.phrase(),
                List.of(detection.span().begin(), detection.span().end()),
                rounded(detection.score(), SCORE_STEP),
                List.of(
                        rounded(detection.box().x1(), PIXEL_STEP),
                        rounded(detection.box().y1(), PIXEL_STEP),
                        rounded(detection.box().x2(), PIXEL_STEP),
                        rounded(detection.box().y2(), PIXEL_STEP)));
    }

    static CocoResult coco(long imageId, long categoryId, Detection detection) {
        var box = detection.box();
        return new CocoResult(
                imageId,
                categoryId,
                List.of(
                        rounded(box.x1(), PIXEL_STEP),
                        rounded(box.y1(), PIXEL_STEP),
                        rounded(box.x2() - box.x1(), PIXEL_STEP),
                        rounded(box.y2() - box.y1(), PIXEL_STEP)),
                rounded(detection.score(), SCORE_STEP));
    }

    private static double rounded(double value, double step) {
        return Math.round(value * step) / step;
    }
}
