package io.glip4j.eval.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.glip4j.eval.detection.ScoredObject;
import java.util.List;

/** A record of a COCO results file, box x, y, width, height. */
record BoxResult(
        @JsonProperty("image_id") long imageId,
        @JsonProperty("category_id") long categoryId,
        List<Double> bbox,
        double score) {
    static BoxResult of(ScoredObject found) {
        return new BoxResult(
                found.imageId(),
                found.categoryId(),
                List.of(
                        found.box().x(),
                        found.box().y(),
                        found.box().width(),
                        found.box().height()),
                found.score());
    }
}
