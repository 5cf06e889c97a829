package io.glip4j.app;

import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.format.DataFiles;
import io.glip4j.data.format.DataFormat;
import io.glip4j.data.language.VqaDataset;
import io.glip4j.model.Task;
import io.glip4j.train.DataSource;
import io.glip4j.train.FileSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import picocli.CommandLine.Option;

/** One data set on the command line; {@code glip train} takes several. */
final class DataOptions {
    /** The names of the formats, for the help. */
    static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(DataFormat.values()).map(DataFormat::label).iterator();
        }
    }

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FORMAT",
            completionCandidates = Formats.class,
            description = "format of a data set: ${COMPLETION-CANDIDATES}")
    private String format = DataFormat.COCO_JSON.label();

    @Option(
            names = "--annotations",
            required = true,
            paramLabel = "PATH",
            description = "its annotations; flickr: their folder; webdataset: a tar file or a folder of them")
    private Path annotations = Path.of("");

    @Option(names = "--images", paramLabel = "DIR", description = "the folder of its pictures; not with webdataset")
    private Optional<Path> images = Optional.empty();

    @Option(
            names = "--class-names",
            paramLabel = "FILE",
            description = "openimages-csv: names of the classes, CSV; jsonl: names of labels, JSON")
    private Optional<Path> classNames = Optional.empty();

    @Option(
            names = "--image-labels",
            paramLabel = "FILE",
            description = "openimages-csv: what people said is not in a picture, CSV")
    private Optional<Path> imageLabels = Optional.empty();

    @Option(names = "--questions", paramLabel = "FILE", description = "vqa-json: the questions; --annotations: answers")
    private Optional<Path> questions = Optional.empty();

    @Option(names = "--part", paramLabel = "NAME", description = "flickr: train, val or test (default: train)")
    private Optional<String> part = Optional.empty();

    @Option(
            names = "--repeat",
            paramLabel = "TIMES",
            description = "how often an epoch shows each picture of this data set (default: 1)")
    private Optional<Double> repeat = Optional.empty();

    @Option(
            names = "--bad-records",
            paramLabel = "N",
            description = "records and pictures of it that may be left out because they cannot be right (default: 0)")
    private Optional<Integer> badRecords = Optional.empty();

    /** What is learned from it. */
    Task task() {
        return DataFormat.named(format).task();
    }

    /** It as questions, opened by itself. */
    VqaDataset questions() {
        return (VqaDataset) DataFormat.named(format).open(files(), new BadRecordLog(bad()));
    }

    DataSource source() {
        return new FileSource(DataFormat.named(format), files(), repeat.orElse(1.0), bad());
    }

    private DataFiles files() {
        return new DataFiles(annotations, images, classNames, imageLabels, questions, part.orElse("train"));
    }

    private BadRecords bad() {
        return new BadRecords(badRecords.orElse(0));
    }
}
