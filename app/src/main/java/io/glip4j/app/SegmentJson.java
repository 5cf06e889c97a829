package io.glip4j.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.glip4j.json.RunLengthsJson;
import io.glip4j.output.Segment;
import io.glip4j.output.Segments;
import java.nio.file.Path;
import java.util.List;

/** What {@code glip segment} prints as JSON: as that of {@code glip ground}, with the masks as COCO writes them. */
final class SegmentJson {
    private SegmentJson() {}

    /** One picture's masks. */
    record PictureResult(String image, int width, int height, List<Found> detections) {}

    /** One thing; {@code area} in pixels. */
    record Found(@JsonUnwrapped DetectionJson.Found box, long area, RunLengthsJson segmentation) {}

    /** One mask as the COCO tools read it; without a box, so that the mask's own area counts. */
    record CocoResult(
            @JsonProperty("image_id") long imageId,
            @JsonProperty("category_id") long categoryId,
            RunLengthsJson segmentation,
            double score) {}

    static PictureResult picture(Path image, Segments found) {
        return new PictureResult(
                image.toString(),
                found.width(),
                found.height(),
                found.segments().stream().map(SegmentJson::found).toList());
    }

    static CocoResult coco(long imageId, long categoryId, Segment segment) {
        DetectionJson.Found found = DetectionJson.found(segment.detection());
        return new CocoResult(imageId, categoryId, RunLengthsJson.of(segment.mask()), found.score());
    }

    private static Found found(Segment segment) {
        return new Found(
                DetectionJson.found(segment.detection()), segment.mask().area(), RunLengthsJson.of(segment.mask()));
    }
}
