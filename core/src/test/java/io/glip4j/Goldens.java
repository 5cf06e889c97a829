package io.glip4j;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where recorded cases are: the copy in the test resources first, then the shared folder where it is present. */
public final class Goldens {
    private static final Path COPY = Path.of("src/test/resources/golden");
    private static final List<Path> SHARED = List.of(Path.of("../shared/golden"), Path.of("../../shared/golden"));

    private Goldens() {}

    /** The roots that exist; each has folders like {@code units} and {@code model}. */
    public static List<Path> roots() {
        return Stream.concat(Stream.of(COPY), SHARED.stream())
                .filter(Files::isDirectory)
                .toList();
    }

    /** This folder in every root that has it; fails when none has. */
    public static List<Path> folders(String name) {
        List<Path> found = roots().stream()
                .map(root -> root.resolve(name))
                .filter(Files::isDirectory)
                .toList();
        if (found.isEmpty()) {
            throw new AssertionError("no golden folder " + name + " in " + roots());
        }
        return found;
    }
}
