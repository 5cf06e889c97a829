package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The pictures a command line names: files as they are, folders as the pictures in them, sorted by name. */
final class PictureList {
    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "gif", "bmp", "webp");

    private PictureList() {}

    static List<Path> expand(List<Path> named) {
        List<Path> pictures = new ArrayList<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                List<Path> inside = picturesIn(path);
                if (inside.isEmpty()) {
                    throw new GlipException(
                            ErrorCode.UNREADABLE_FILE,
                            "wanted pictures ("
                                    + String.join(
                                            ", ", EXTENSIONS.stream().sorted().toList()) + ") in the folder " + path
                                    + ", found none; name another folder");
                }
                pictures.addAll(inside);
            } else {
                pictures.add(path);
            }
        }
        return pictures;
    }

    private static List<Path> picturesIn(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile)
                    .filter(PictureList::hasPictureExtension)
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE,
                    "cannot list the folder " + folder + ": " + failure.getMessage(),
                    failure);
        }
    }

    private static boolean hasPictureExtension(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
    }
}
