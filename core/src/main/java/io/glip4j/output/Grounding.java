package io.glip4j.output;

import java.util.List;

/**
 * What was found in one picture.
 *
 * @param width of the picture, pixels, after EXIF orientation
 * @param height of the picture, pixels, after EXIF orientation
 * @param detections by descending score, boxes in the picture's own pixels
 */
public record Grounding(int width, int height, List<Detection> detections) {
    public Grounding {
        detections = List.copyOf(detections);
    }

    /** Only what scores at least {@code threshold}. */
    public Grounding above(double threshold) {
        return new Grounding(
                width,
                height,
                detections.stream().filter(found -> found.score() >= threshold).toList());
    }
}
