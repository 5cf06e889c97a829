package io.glip4j.data.scene;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * How scenes are made; the same configuration and icon sets make the same scenes.
 *
 * @param split which of them
 * @param names what they may show
 * @param heldOutStyles names of icon sets that only {@link SceneSplit#UNSEEN_STYLES} shows
 * @param count scenes
 * @param shorterSide pixels, 64..2048
 * @param longerSide bound of the other side, pixels; each scene has its own
 * @param mostObjects 1..20
 * @param photographs files to draw half of the scenes on; may be empty
 */
public record SceneConfig(
        SceneSplit split,
        SceneNames names,
        Set<String> heldOutStyles,
        int count,
        long seed,
        int shorterSide,
        int longerSide,
        int mostObjects,
        List<Path> photographs) {
    private static final int DEFAULT_SHORTER = 384;
    private static final int DEFAULT_LONGER = 640;
    /** Most objects of a scene where nobody says otherwise. */
    public static final int DEFAULT_OBJECTS = 9;

    public SceneConfig {
        heldOutStyles = Set.copyOf(heldOutStyles);
        photographs = List.copyOf(photographs);
        check(count >= 1, "a count of at least 1", count);
        check(shorterSide >= 64 && shorterSide <= 2048, "a shorter side of 64 to 2048 pixels", shorterSide);
        check(
                longerSide >= shorterSide && longerSide <= 2 * shorterSide,
                "a longer side of " + shorterSide + " to " + 2 * shorterSide + " pixels",
                longerSide);
        check(mostObjects >= 1 && mostObjects <= 20, "1 to 20 objects", mostObjects);
    }

    /** Scenes of all styles to train on: 1 to 9 objects, 384 pixels by up to 640, on textures. */
    public static SceneConfig of(int count, long seed) {
        return new SceneConfig(
                SceneSplit.TRAIN,
                SceneNames.ALL,
                Set.of(),
                count,
                seed,
                DEFAULT_SHORTER,
                DEFAULT_LONGER,
                DEFAULT_OBJECTS,
                List.of());
    }

    public SceneConfig withSplit(SceneSplit which) {
        return new SceneConfig(
                which, names, heldOutStyles, count, seed, shorterSide, longerSide, mostObjects, photographs);
    }

    public SceneConfig withNames(SceneNames which) {
        return new SceneConfig(
                split, which, heldOutStyles, count, seed, shorterSide, longerSide, mostObjects, photographs);
    }

    public SceneConfig withHeldOutStyles(Set<String> styles) {
        return new SceneConfig(split, names, styles, count, seed, shorterSide, longerSide, mostObjects, photographs);
    }

    public SceneConfig withSides(int shorter, int longer) {
        return new SceneConfig(split, names, heldOutStyles, count, seed, shorter, longer, mostObjects, photographs);
    }

    public SceneConfig withMostObjects(int most) {
        return new SceneConfig(split, names, heldOutStyles, count, seed, shorterSide, longerSide, most, photographs);
    }

    public SceneConfig withPhotographs(List<Path> files) {
        return new SceneConfig(split, names, heldOutStyles, count, seed, shorterSide, longerSide, mostObjects, files);
    }

    private static void check(boolean right, String wanted, Object got) {
        if (!right) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "scenes: wanted " + wanted + ", got " + got);
        }
    }
}
