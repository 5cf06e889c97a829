package io.glip4j.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.glip4j.output.Detection;
import java.util.List;

/** What {@code --json} and {@code --coco} print; docs/detections.schema.json describes the former. */
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
