package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.train.DataSource;
import io.glip4j.train.SceneSource;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** One data set on the command line; {@code glip train} takes several. */
final class CocoData {
    private static final String COCO_JSON = "coco-json";
    private static final String SCENES = "scenes";
    private static final int DEFAULT_SCENES = 20_000;

    @Option(names = "--data", required = true, paramLabel = "KIND", description = "kind of data set: coco-json, scenes")
    private String kind = COCO_JSON;

    @Option(names = "--annotations", paramLabel = "FILE", description = "annotations of the data set, COCO JSON")
    private Optional<Path> annotations = Optional.empty();

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "folder that the annotations' file names are relative to")
    private Optional<Path> images = Optional.empty();

    @ArgGroup(exclusive = false, heading = "Scenes drawn while training, --data scenes:%n")
    private SceneOptions scenes = new SceneOptions();

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "how many different scenes (default: " + DEFAULT_SCENES + ")")
    private Optional<Integer> count = Optional.empty();

    @Option(names = "--scene-seed", paramLabel = "N", description = "which scenes (default: 0)")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--repeat",
            paramLabel = "TIMES",
            description = "how often an epoch shows each picture of this data set (default: 1)")
    private Optional<Double> repeat = Optional.empty();

    DataSource source() {
        return switch (kind) {
            case COCO_JSON ->
                DataSource.of(required("--annotations", annotations), required("--images", images))
                        .withRepeat(repeat.orElse(1.0));
            case SCENES ->
                new SceneSource(
                        scenes.art(), scenes.config(count.orElse(DEFAULT_SCENES), seed.orElse(0L)), repeat.orElse(1.0));
            default ->
                throw new GlipException(
                        ErrorCode.BAD_ARGUMENT,
                        "wanted --data " + COCO_JSON + " or " + SCENES + ", got '" + kind + "'; convert it first");
        };
    }

    private Path required(String option, Optional<Path> given) {
        return given.orElseThrow(() -> new GlipException(
                ErrorCode.BAD_ARGUMENT, "wanted " + option + " with --data " + kind + ", got none; name it"));
    }
}
