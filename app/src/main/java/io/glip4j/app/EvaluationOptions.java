package io.glip4j.app;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.eval.ScoreOptions;
import io.glip4j.eval.absent.ThresholdFile;
import io.glip4j.eval.detection.LvisProtocol;
import io.glip4j.eval.odinw.OdinwSet;
import io.glip4j.eval.run.CaptionTask;
import io.glip4j.eval.run.DetectionTask;
import io.glip4j.eval.run.EvaluationTask;
import io.glip4j.eval.run.FlickrTask;
import io.glip4j.eval.run.PhraseCutTask;
import io.glip4j.eval.run.ReferringMaskTask;
import io.glip4j.eval.run.ReferringTask;
import io.glip4j.eval.run.VqaTask;
import io.glip4j.output.PhraseThresholds;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which data set {@code glip eval} asks, and by which protocol. */
final class EvaluationOptions {
    private static final String ODINW = "odinw";
    private static final String LVIS = "lvis-json";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "KIND",
            description = {
                "coco-json: COCO JSON, box AP",
                "coco-masks: COCO JSON, mask AP",
                "lvis-json: LVIS JSON, box AP (--protocol as in glip score)",
                "odinw: the sets of --sets, average and median AP",
                "flickr: Flickr30k Entities, R@1, 5, 10, any and merged boxes",
                "refcoco: COCO JSON whose pictures carry a caption, box accuracy",
                "refseg: the same with a segmentation each, mean and cumulative IoU of masks",
                "phrasecut: pictures with tasks, box IoU",
                "vqa-json: VQA v2 (--questions, --annotations), accuracy",
                "captions-json: COCO captions, BLEU-4, ROUGE-L, CIDEr",
                "absent-json: COCO JSON, boxes for categories that are not there"
            })
    private String kind = "";

    @Option(
            names = "--annotations",
            required = true,
            paramLabel = "PATH",
            description = "the annotation file; flickr: the folder; odinw: the folder the sets' paths begin at")
    private Path annotations = Path.of("");

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "the folder of the pictures (default: that of the annotations)")
    private Optional<Path> images = Optional.empty();

    @Option(names = "--questions", paramLabel = "FILE", description = "vqa-json: the questions")
    private Optional<Path> questions = Optional.empty();

    @Option(names = "--protocol", paramLabel = "NAME", description = "LVIS: standard_N or fixed_ap_N")
    private Optional<String> protocol = Optional.empty();

    @Option(names = "--part", paramLabel = "NAME", defaultValue = "test", description = "Flickr: train, val or test")
    private String part = "test";

    @Option(
            names = "--sets",
            paramLabel = "13|35|FILE",
            defaultValue = "13",
            description = "ODinW: the 13 or 35 published sets and prompts, or a JSON list in the same layout")
    private String sets = "13";

    @Option(
            names = "--score-threshold",
            paramLabel = "SCORE",
            defaultValue = "0.5",
            description = "PhraseCut, absent: boxes from this score on are predicted (default: ${DEFAULT-VALUE})")
    private double threshold;

    @Option(
            names = "--thresholds",
            paramLabel = "FILE",
            description = "absent: a threshold for each phrase, from glip calibrate, in place of --score-threshold")
    private Optional<Path> thresholds = Optional.empty();

    @Mixin
    private AbsentOptions absent = new AbsentOptions();

    @Option(names = "--first", paramLabel = "N", description = "COCO JSON: only the first N pictures, for a look")
    private Optional<Integer> first = Optional.empty();

    boolean isOdinw() {
        return kind.equals(ODINW);
    }

    boolean isLvis() {
        return kind.equals(LVIS);
    }

    /** From which score on a box counts, where that is asked. */
    PhraseThresholds thresholds() {
        return thresholds.map(ThresholdFile::read).orElseGet(() -> PhraseThresholds.even(threshold));
    }

    /**
     * The tasks by the name of their folder; one with an empty name unless there are several.
     *
     * @param thresholds from which score on a box counts, where that is asked
     */
    Map<String, EvaluationTask> tasks(PhraseThresholds thresholds) {
        if (isOdinw()) {
            Map<String, EvaluationTask> tasks = new LinkedHashMap<>();
            for (OdinwSet set : OdinwSet.named(sets)) {
                tasks.put(set.name(), set.task(annotations));
            }
            return tasks;
        }
        Path folder = images.orElseGet(() -> beside(annotations));
        return Map.of(
                "",
                switch (kind) {
                    case "coco-json" -> coco(DetectionTask.coco(annotations, folder));
                    case "coco-masks" -> coco(DetectionTask.cocoMasks(annotations, folder));
                    case LVIS ->
                        DetectionTask.lvis(
                                annotations,
                                folder,
                                ScoreOptions.OFFICIAL.withLvis(LvisProtocol.of(protocol.orElse("standard"))));
                    case "flickr" -> new FlickrTask(annotations, images.orElse(annotations), part);
                    case "refcoco" -> new ReferringTask(annotations, folder);
                    case "refseg" -> new ReferringMaskTask(annotations, folder);
                    case "phrasecut" -> new PhraseCutTask(annotations, folder, threshold);
                    case "vqa-json" ->
                        new VqaTask(
                                questions.orElseThrow(() -> new GlipException(
                                        ErrorCode.BAD_ARGUMENT, "wanted --questions with --data vqa-json; name them")),
                                annotations,
                                folder);
                    case "captions-json" -> new CaptionTask(annotations, folder);
                    case "absent-json" -> absent.task(annotations, folder, thresholds);
                    default ->
                        throw new GlipException(
                                ErrorCode.BAD_ARGUMENT,
                                "wanted --data coco-json, coco-masks, lvis-json, odinw, flickr, refcoco, refseg,"
                                        + " phrasecut, vqa-json, captions-json or absent-json, got '" + kind + "'");
                });
    }

    /** Where the pictures are taken from if nothing else is said: the folder of their annotations. */
    static Path beside(Path annotations) {
        return Optional.ofNullable(annotations.getParent()).orElse(Path.of(""));
    }

    private EvaluationTask coco(DetectionTask whole) {
        return first.<EvaluationTask>map(whole::first).orElse(whole);
    }
}
