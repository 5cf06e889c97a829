package io.glip4j.eval.run;

import io.glip4j.output.Detection;
import java.util.List;

/**
 * One picture for a person to look at.
 *
 * @param quality 0 (nothing right) to 1 (everything)
 * @param expected the annotated boxes, scores 1
 * @param found the best of what was found
 */
public record PictureReview(TaskPicture picture, double quality, List<Detection> expected, List<Detection> found) {
    /** No more is drawn of a picture, the best. */
    static final int DRAWN = 30;

    public PictureReview {
        expected = List.copyOf(expected);
        found = List.copyOf(found);
    }
}
