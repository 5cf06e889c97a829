package io.glip4j.data.format;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a data set lies; which of these it has depends on its {@link DataFormat}.
 *
 * @param annotations file or folder
 * @param pictures their folder
 * @param classNames names of classes, where a file of its own has them
 * @param imageLabels classes that people said are present or absent
 * @param questions asked about the pictures
 * @param part train, val or test
 */
public record DataFiles(
        Path annotations,
        Optional<Path> pictures,
        Optional<Path> classNames,
        Optional<Path> imageLabels,
        Optional<Path> questions,
        String part) {
    private static final String TRAIN = "train";

    /** A file of annotations and a folder of pictures. */
    public static DataFiles of(Path annotations, Path pictures) {
        return new DataFiles(
                annotations, Optional.of(pictures), Optional.empty(), Optional.empty(), Optional.empty(), TRAIN);
    }

    Path requiredPictures() {
        return required("the folder of the pictures", pictures);
    }

    Path requiredClassNames() {
        return required("the file of the class names", classNames);
    }

    Path requiredQuestions() {
        return required("the file of the questions", questions);
    }

    private Path required(String what, Optional<Path> path) {
        return path.orElseThrow(() -> new GlipException(
                ErrorCode.BAD_ARGUMENT, annotations + ": wanted " + what + " beside it, got none; name it"));
    }
}
