package io.glip4j.examples;

import io.glip4j.Glip;
import io.glip4j.input.Prompt;
import java.nio.file.Path;
import java.util.Arrays;

/** One loaded model, many threads. */
public final class Example3ManyThreads {
    private Example3ManyThreads() {}

    /** Arguments: pictures. */
    public static void main(String[] arguments) {
        Prompt prompt = Prompt.parse("person. car");
        try (Glip glip = Glip.load()) {
            Arrays.stream(arguments)
                    .parallel()
                    .map(picture -> picture + ": "
                            + glip.ground(Path.of(picture), prompt).above(0.4).detections())
                    .forEach(System.out::println);
        }
    }
}
