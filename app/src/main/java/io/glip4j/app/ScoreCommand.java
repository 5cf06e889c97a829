package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.eval.Metric;
import io.glip4j.eval.Score;
import io.glip4j.eval.ScoreOptions;
import io.glip4j.eval.detection.LvisProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glip score}: a results file against annotations, by an official metric. */
@Command(
        name = "score",
        description = {
            "Score a results file against annotations, number by number as the official tool.",
            "METRIC: coco_bbox, coco_segm, lvis, lvis_segm, flickr, caption, vqa, refseg, phrasecut."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ScoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "METRIC", description = "what to score")
    private String metric = "";

    @Option(
            names = "--annotations",
            required = true,
            paramLabel = "PATH",
            description = "the annotation file, or the folder that has it under its usual name")
    private Path annotations = Path.of("");

    @Option(
            names = "--results",
            required = true,
            paramLabel = "PATH",
            description = "the results file in the official format, or its folder")
    private Path results = Path.of("");

    @Option(names = "--json", description = "print every number as JSON (default: a table of the quoted ones)")
    private boolean json;

    @Option(
            names = {"--max-dets", "--max-detections"},
            split = ",",
            paramLabel = "N",
            description = "COCO: limits of detections per picture and category (default: 1,10,100)")
    private List<Integer> maxDetections = List.of();

    @Option(names = "--use-cats", paramLabel = "0|1", description = "COCO: 0 takes all categories as one (default: 1)")
    private int useCategories = 1;

    @Option(names = "--class-agnostic", description = "COCO: the same as --use-cats 0")
    private boolean classAgnostic;

    @Option(
            names = {"--image-ids", "--img-ids"},
            split = ",",
            paramLabel = "ID",
            description = "COCO: only these pictures")
    private List<Long> images = List.of();

    @Option(
            names = {"--category-ids", "--cat-ids"},
            split = ",",
            paramLabel = "ID",
            description = "COCO: only these categories")
    private List<Long> categories = List.of();

    @Option(
            names = "--box-field",
            paramLabel = "NAME",
            description = "COCO, LVIS: the field of a result that holds its box (default: bbox)")
    private Optional<String> boxField = Optional.empty();

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description = {
                "LVIS: standard_N (best N of a picture; standard alone: 300), standard_unlimited,",
                "or fixed_ap_N (best N of a category over all pictures; fixed_ap alone: 10000)"
            })
    private Optional<String> protocol = Optional.empty();

    @Option(names = "--part", paramLabel = "NAME", description = "Flickr: train, val or test (default: test)")
    private Optional<String> part = Optional.empty();

    @Option(
            names = "--resources",
            paramLabel = "DIR",
            description = "captions: a folder with meteor and spice, as in the package pycocoevalcap")
    private Optional<Path> resources = Optional.empty();

    @Option(names = "--meteor", paramLabel = "DIR", description = "captions: METEOR's jar and paraphrase table")
    private Optional<Path> meteor = Optional.empty();

    @Option(names = "--spice", paramLabel = "DIR", description = "captions: SPICE's jar and its libraries")
    private Optional<Path> spice = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Metric asked = Metric.of(metric);
        Map<String, Object> document = Score.document(asked, annotations, results, options());
        if (json) {
            ScoreOutput.json(document, spec.commandLine().getOut());
        } else {
            ScoreOutput.table(document, spec.commandLine().getOut());
        }
        return 0;
    }

    private ScoreOptions options() {
        if (useCategories != 0 && useCategories != 1) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "wanted --use-cats 0 or 1, got " + useCategories);
        }
        ScoreOptions options = ScoreOptions.OFFICIAL.withUseCategories(useCategories == 1 && !classAgnostic);
        if (!maxDetections.isEmpty()) {
            options = options.withMaxDetections(maxDetections);
        }
        if (!images.isEmpty()) {
            options = options.withImages(new HashSet<>(images));
        }
        if (!categories.isEmpty()) {
            options = options.withCategories(new HashSet<>(categories));
        }
        if (boxField.isPresent()) {
            options = options.withBoxField(boxField.get());
        }
        if (protocol.isPresent()) {
            options = options.withLvis(LvisProtocol.of(protocol.get()));
        }
        if (part.isPresent()) {
            options = options.withPart(part.get());
        }
        Optional<Path> ofMeteor = meteor.or(() -> inside("meteor"));
        if (ofMeteor.isPresent()) {
            options = options.withMeteor(ofMeteor.get());
        }
        Optional<Path> ofSpice = spice.or(() -> inside("spice"));
        return ofSpice.isPresent() ? options.withSpice(ofSpice.get()) : options;
    }

    private Optional<Path> inside(String name) {
        return resources.map(folder -> folder.resolve(name)).filter(Files::isDirectory);
    }
}
