package io.glip4j.data.scene;

import io.glip4j.data.Caption;
import io.glip4j.input.Picture;
import java.util.List;

/**
 * A drawn scene and what can be said of it.
 *
 * @param objects from back to front
 * @param captions sentences for all of it or for parts
 * @param expressions each telling one object from all others
 * @param questions each with its one right answer
 */
public record Scene(
        Picture picture,
        List<SceneObject> objects,
        List<Description> captions,
        List<Expression> expressions,
        List<Question> questions) {
    public Scene {
        objects = List.copyOf(objects);
        captions = List.copyOf(captions);
        expressions = List.copyOf(expressions);
        questions = List.copyOf(questions);
    }

    /**
     * A sentence about the scene.
     *
     * @param objects numbers of the objects it names
     * @param caption the words, with phrases for {@code objects} in this order
     */
    public record Description(List<Integer> objects, Caption caption) {
        public Description {
            objects = List.copyOf(objects);
        }
    }
}
