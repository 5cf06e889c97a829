package io.glip4j.examples;

import io.glip4j.Glip;
import io.glip4j.input.Prompt;
import java.nio.file.Path;
import java.util.List;

/** Phrases of a caption: those you name, or the noun phrases glip4j finds. */
public final class Example2GroundCaption {
    private Example2GroundCaption() {}

    /** Argument: a picture. */
    public static void main(String[] arguments) {
        Path picture = Path.of(arguments[0]);
        String caption = "a woman in an orange suit before a flag";
        try (Glip glip = Glip.load()) {
            System.out.println(glip.ground(picture, Prompt.captionWithNounPhrases(caption)));
            System.out.println(glip.ground(picture, Prompt.captionWith(caption, List.of("an orange suit"))));
        }
    }
}
