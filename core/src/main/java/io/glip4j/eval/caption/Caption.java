package io.glip4j.eval.caption;

import java.util.List;

/**
 * A picture's caption and the references, each as tokens between single blanks.
 *
 * @param result the caption to score
 * @param references at least one
 */
public record Caption(String imageId, String result, List<String> references) {
    public Caption {
        references = List.copyOf(references);
    }
}
