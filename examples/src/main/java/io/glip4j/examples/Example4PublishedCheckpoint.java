package io.glip4j.examples;

import io.glip4j.Glip;
import io.glip4j.input.Prompt;
import java.nio.file.Path;

/** A published GLIP checkpoint as it is: the shapes of its tensors tell which preset it is. */
public final class Example4PublishedCheckpoint {
    private Example4PublishedCheckpoint() {}

    /** Arguments: a checkpoint, a picture. */
    public static void main(String[] arguments) {
        try (Glip glip = Glip.load(Path.of(arguments[0]))) {
            System.out.println(glip.config().name());
            System.out.println(glip.ground(Path.of(arguments[1]), Prompt.parse("person. traffic light")));
        }
    }
}
