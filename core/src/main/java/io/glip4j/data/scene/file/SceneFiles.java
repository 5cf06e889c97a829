package io.glip4j.data.scene.file;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.scene.Scene;
import io.glip4j.data.scene.SceneMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes the scenes of a configuration to a folder: {@code images/} and their truth as {@code instances.json},
 * {@code captions.json}, {@code grounding.json}, {@code referring.json}, {@code referring-masks.json},
 * {@code questions.json} and {@code answers.json}.
 */
public final class SceneFiles {
    /** Scenes in memory at a time. */
    private static final int BLOCK = 64;

    private static final String IMAGES = "images";

    private SceneFiles() {}

    /**
     * Draws on all cores and writes in order.
     *
     * @param folder is made; must be empty
     * @param onScene is called as each scene has been taken in
     */
    public static void write(SceneMaker maker, Path folder, Runnable onScene) {
        makeEmpty(folder);
        makeEmpty(folder.resolve(IMAGES));
        List<SceneRecords> records = List.of(
                new InstanceRecords(maker.names()),
                new CaptionRecords(),
                new GroundingRecords(),
                new QuestionRecords());
        int count = maker.config().count();
        for (int from = 0; from < count; from += BLOCK) {
            List<Drawn> block = IntStream.range(from, Math.min(count, from + BLOCK))
                    .parallel()
                    .mapToObj(index -> draw(maker, index, folder))
                    .toList();
            for (Drawn drawn : block) {
                records.forEach(kind -> kind.add(drawn.picture(), drawn.scene()));
                onScene.run();
            }
        }
        records.forEach(kind -> kind.write(folder));
    }

    private record Drawn(ScenePicture picture, Scene scene) {}

    private static Drawn draw(SceneMaker maker, int index, Path folder) {
        Scene scene = maker.scene(index);
        String name = String.format(Locale.ROOT, "%06d.jpg", index + 1);
        JpegFile.write(scene.picture(), folder.resolve(IMAGES).resolve(name));
        return new Drawn(
                new ScenePicture(
                        index + 1,
                        name,
                        scene.picture().width(),
                        scene.picture().height()),
                scene);
    }

    /** Makes a folder, or takes one without files. */
    static void makeEmpty(Path folder) {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> there = Files.list(folder)) {
                if (there.findAny().isPresent()) {
                    throw new GlipException(
                            ErrorCode.CANNOT_WRITE,
                            folder + ": wanted an empty folder for scenes, got one with files; name another");
                }
            }
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.CANNOT_WRITE, folder + ": wanted to make a folder, got " + e + "; name another", e);
        }
    }
}
