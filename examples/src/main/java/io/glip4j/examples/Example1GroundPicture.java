package io.glip4j.examples;

import io.glip4j.Glip;
import io.glip4j.input.Prompt;
import io.glip4j.output.Detection;
import java.nio.file.Path;

/** Classes in a picture, with the embedded model. */
public final class Example1GroundPicture {
    private Example1GroundPicture() {}

    /** Argument: a picture. */
    public static void main(String[] arguments) {
        try (Glip glip = Glip.load()) {
            for (Detection found : glip.ground(Path.of(arguments[0]), Prompt.parse("person. cat. dog"))
                    .above(0.4)
                    .detections()) {
                System.out.println(found.phrase() + " " + found.score() + " " + found.box());
            }
        }
    }
}
