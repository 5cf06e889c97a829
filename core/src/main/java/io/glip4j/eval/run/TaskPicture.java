package io.glip4j.eval.run;

import java.nio.file.Path;

/** One picture to be asked about; the id is that of the annotations. */
public record TaskPicture(String id, Path file) {}
