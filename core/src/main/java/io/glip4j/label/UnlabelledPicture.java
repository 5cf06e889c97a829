package io.glip4j.label;

import java.util.Optional;

/**
 * A picture that waits for labels.
 *
 * @param name of its file, relative to the folder of the pictures
 * @param caption what is said of it, where its words are to be found
 */
public record UnlabelledPicture(String name, Optional<String> caption) {}
