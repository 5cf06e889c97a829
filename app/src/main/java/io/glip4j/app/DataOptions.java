package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.format.DataFiles;
import io.glip4j.data.format.DataFormat;
import io.glip4j.data.language.VqaDataset;
import io.glip4j.data.scene.SceneConfig;
import io.glip4j.data.scene.SceneLanguage;
import io.glip4j.data.scene.SceneText;
import io.glip4j.model.AnswerVocabulary;
import io.glip4j.model.Task;
import io.glip4j.train.DataSource;
import io.glip4j.train.FileSource;
import io.glip4j.train.SceneSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * One data set on the command line; {@code glip train} takes several. What is not given is null: picocli cannot set an
 * {@code Optional} of a group that is not there.
 */
final class DataOptions {
    /** Formats of scenes, and what is said of them in each. */
    private static final Map<String, SceneText> SCENES = new TreeMap<>(Map.of(
            "scenes", SceneText.ALL_KINDS,
            "scenes-names", SceneText.CLASS_NAMES,
            "scenes-questions", SceneText.QUESTIONS,
            "scenes-captions", SceneText.DESCRIPTIONS));

    private static final int DEFAULT_SCENES = 20_000;

    /** The names of the formats, for the help. */
    static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.concat(Arrays.stream(DataFormat.values()).map(DataFormat::label), SCENES.keySet().stream())
                    .iterator();
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
            paramLabel = "PATH",
            description = "its annotations; flickr: their folder; webdataset: a tar file or a folder of them")
    private @Nullable Path annotations;

    @Option(names = "--images", paramLabel = "DIR", description = "the folder of its pictures; not with webdataset")
    private @Nullable Path images;

    @Option(
            names = "--class-names",
            paramLabel = "FILE",
            description = "openimages-csv: names of the classes, CSV; jsonl: names of labels, JSON")
    private @Nullable Path classNames;

    @Option(
            names = "--image-labels",
            paramLabel = "FILE",
            description = "openimages-csv: what people said is not in a picture, CSV")
    private @Nullable Path imageLabels;

    @Option(names = "--questions", paramLabel = "FILE", description = "vqa-json: the questions; --annotations: answers")
    private @Nullable Path questions;

    @Option(names = "--part", paramLabel = "NAME", description = "flickr: train, val or test (default: train)")
    private @Nullable String part;

    @Option(
            names = "--repeat",
            paramLabel = "TIMES",
            description = "how often an epoch shows each picture of this data set (default: 1)")
    private @Nullable Double repeat;

    @Option(
            names = "--bad-records",
            paramLabel = "N",
            description = "records and pictures of it that may be left out because they cannot be right (default: 0)")
    private @Nullable Integer badRecords;

    @ArgGroup(
            exclusive = false,
            heading = "Scenes drawn while training, --data scenes, scenes-names, scenes-questions, scenes-captions:%n")
    private SceneOptions scenes = new SceneOptions();

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "scenes: how many different ones (default: " + DEFAULT_SCENES + ")")
    private @Nullable Integer count;

    @Option(names = "--scene-seed", paramLabel = "N", description = "scenes: which ones (default: 0)")
    private @Nullable Long sceneSeed;

    /** What is learned from it. */
    Task task() {
        return drawn() ? sceneText().task() : DataFormat.named(format).task();
    }

    /** Whether the outlines of its things are known. */
    boolean outlined() {
        return drawn() ? task() == Task.GROUND : DataFormat.named(format) == DataFormat.COCO_MASKS;
    }

    /** Whether it is there for its outlines. */
    boolean isForMasks() {
        return format.equals(DataFormat.COCO_MASKS.label());
    }

    /** The frequent answers to its questions; opens it by itself. */
    AnswerVocabulary frequentAnswers(int leastQuestions) {
        if (drawn()) {
            return SceneLanguage.frequentAnswers(sceneSource().maker(), leastQuestions);
        }
        VqaDataset questions = (VqaDataset) DataFormat.named(format).open(files(), new BadRecordLog(bad()));
        return questions.frequentAnswers(leastQuestions);
    }

    DataSource source() {
        return drawn() ? sceneSource() : new FileSource(DataFormat.named(format), files(), times(), bad());
    }

    private boolean drawn() {
        return SCENES.containsKey(format);
    }

    private SceneText sceneText() {
        return SCENES.getOrDefault(format, SceneText.ALL_KINDS);
    }

    private SceneSource sceneSource() {
        SceneConfig config = scenes.config(count == null ? DEFAULT_SCENES : count, sceneSeed == null ? 0 : sceneSeed);
        return new SceneSource(scenes.art(), config, sceneText(), times());
    }

    private double times() {
        return repeat == null ? 1 : repeat;
    }

    private DataFiles files() {
        if (annotations == null) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "wanted --annotations with --data " + format + ", got none; name them");
        }
        return new DataFiles(
                annotations,
                Optional.ofNullable(images),
                Optional.ofNullable(classNames),
                Optional.ofNullable(imageLabels),
                Optional.ofNullable(questions),
                part == null ? "train" : part);
    }

    private BadRecords bad() {
        return new BadRecords(badRecords == null ? 0 : badRecords);
    }
}
