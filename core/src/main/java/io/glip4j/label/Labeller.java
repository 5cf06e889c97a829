package io.glip4j.label;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.input.Picture;
import io.glip4j.json.JsonJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A teacher with its rules, and the format its labels are written in. */
public interface Labeller {
    /** What its labels depend on, in words: labels of another description are never mixed with its own. */
    String description();

    /**
     * The labels of one picture, empty if they are to be left out.
     *
     * @throws io.glip4j.GlipException if the picture or its caption is not fit to be labelled
     */
    Optional<JsonNode> label(UnlabelledPicture described, Picture picture);

    /** Writes all labels, as {@link #label} gave them, as one file. */
    void write(Labels labels, Path target) throws IOException;

    /** Labels in the order of the pictures; may be read more than once. */
    @FunctionalInterface
    interface Labels {
        void forEach(JsonJournal.Handler handler) throws IOException;
    }
}
