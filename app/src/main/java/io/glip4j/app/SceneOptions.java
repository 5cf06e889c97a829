package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.scene.SceneConfig;
import io.glip4j.data.scene.SceneNames;
import io.glip4j.data.scene.SceneSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which scenes to draw. */
final class SceneOptions {
    private static final Set<String> PICTURES = Set.of("jpg", "jpeg", "png", "webp", "bmp");

    @Option(
            names = "--art",
            paramLabel = "DIR",
            description =
                    "folder of an icon set, an unpacked npm package such as @iconify-json/noto;" + " once for each")
    private List<Path> art = new ArrayList<>(); // picocli adds to the list of a repeated group

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            description = "train, unseen-styles, unseen-names or unseen-combinations (default: train)")
    private String split = "train";

    @Option(
            names = "--names",
            paramLabel = "WHICH",
            description = "all, or common: those that photographs' data sets have too (default: all)")
    private SceneNames names = SceneNames.ALL;

    @Option(
            names = "--hold-out",
            split = ",",
            paramLabel = "STYLE",
            description = "icon sets that only unseen-styles shows, by name: noto, twemoji, ...")
    private List<String> heldOut = new ArrayList<>();

    @Option(names = "--photographs", paramLabel = "DIR", description = "pictures to draw half of them on")
    private @Nullable Path photographs;

    @Option(
            names = "--most-objects",
            paramLabel = "N",
            description = "of one scene, 1 to 20; fewer are larger (default: 9)")
    private int mostObjects = SceneConfig.DEFAULT_OBJECTS;

    List<Path> art() {
        return art;
    }

    SceneConfig config(int count, long seed) {
        return SceneConfig.of(count, seed)
                .withHeldOutStyles(Set.copyOf(heldOut))
                .withNames(names)
                .withMostObjects(mostObjects)
                .withSplit(split())
                .withPhotographs(photographs == null ? List.of() : pictures(photographs));
    }

    private SceneSplit split() {
        for (SceneSplit known : SceneSplit.values()) {
            if (known.toString().equals(split)) {
                return known;
            }
        }
        throw new GlipException(
                ErrorCode.BAD_ARGUMENT,
                "wanted --split of " + List.of(SceneSplit.values()) + ", got '" + split + "'; choose one");
    }

    private static List<Path> pictures(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> pictures = files.filter(SceneOptions::isPicture).sorted().toList();
            if (pictures.isEmpty()) {
                throw new GlipException(
                        ErrorCode.BAD_ARGUMENT, folder + ": wanted pictures to draw on, got none; name their folder");
            }
            return pictures;
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE, folder + ": wanted a folder of pictures, got " + e + "; check it", e);
        }
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString();
        return PICTURES.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
