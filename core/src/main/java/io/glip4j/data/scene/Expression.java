package io.glip4j.data.scene;

import io.glip4j.data.Caption;
import java.util.List;

/**
 * Words for exactly one object of a scene, which may lean on another: "the dog left of the tree".
 *
 * @param objects number of the object meant, then of those that it leans on
 * @param caption the words, with phrases for {@code objects} in this order
 */
public record Expression(List<Integer> objects, Caption caption) {
    public Expression {
        objects = List.copyOf(objects);
    }

    /** Number of the object meant. */
    public int target() {
        return objects.get(0);
    }
}
