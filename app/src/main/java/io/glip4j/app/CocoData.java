package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.train.DataSource;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** One data set on the command line; {@code glip train} takes several. */
final class CocoData {
    private static final String COCO_JSON = "coco-json";

    @Option(names = "--data", required = true, paramLabel = "KIND", description = "kind of data set: coco-json")
    private String kind = COCO_JSON;

    @Option(
            names = "--annotations",
            required = true,
            paramLabel = "FILE",
            description = "annotations of the data set, COCO JSON")
    private Path annotations = Path.of("");

    @Option(
            names = "--images",
            required = true,
            paramLabel = "DIR",
            description = "folder that the annotations' file names are relative to")
    private Path images = Path.of("");

    @Option(
            names = "--repeat",
            paramLabel = "TIMES",
            description = "how often an epoch shows each picture of this data set (default: 1)")
    private Optional<Double> repeat = Optional.empty();

    DataSource source() {
        if (!kind.equals(COCO_JSON)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "wanted --data " + COCO_JSON + ", got '" + kind + "'; convert it first");
        }
        return DataSource.of(annotations, images).withRepeat(repeat.orElse(1.0));
    }
}
