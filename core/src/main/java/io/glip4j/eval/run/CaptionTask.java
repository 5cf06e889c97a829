package io.glip4j.eval.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.CocoJson;
import io.glip4j.data.PictureFolder;
import io.glip4j.eval.Metric;
import io.glip4j.eval.Score;
import io.glip4j.eval.ScoreOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** COCO captions: each picture described once, by beam search; the official metrics that need no resources. */
public final class CaptionTask implements EvaluationTask {
    private static final String CORPUS = "corpus";
    private static final List<String> QUOTED = List.of("Bleu_4", "METEOR", "ROUGE_L", "CIDEr", "SPICE");
    /** The one metric that lies between 0 and 1 for every picture. */
    private static final String QUALITY = "ROUGE_L";

    private final Path annotations;
    private final List<TaskPicture> pictures;

    /** A caption file of COCO. */
    public CaptionTask(Path annotations, Path images) {
        this.annotations = annotations;
        PictureFolder folder = new PictureFolder(images);
        List<TaskPicture> read = new ArrayList<>();
        new CocoJson(annotations)
                .images(image ->
                        read.add(new TaskPicture(Long.toString(image.id()), folder.existing(image.fileName()))))
                .read(new BadRecordLog(BadRecords.REFUSE));
        if (read.isEmpty()) {
            throw new GlipException(ErrorCode.BAD_ANNOTATIONS, annotations + ": wanted pictures, got none");
        }
        this.pictures = List.copyOf(read);
    }

    @Override
    public String description() {
        return "captions " + annotations.getFileName() + ", " + pictures.size() + " pictures";
    }

    @Override
    public List<TaskPicture> pictures() {
        return pictures;
    }

    private record Result(@JsonProperty("image_id") long imageId, String caption) {}

    @Override
    public List<Object> ask(TaskPicture picture, Asker asker) {
        return List.of(new Result(Long.parseLong(picture.id()), asker.describe().text()));
    }

    @Override
    public Map<String, Object> score(Path results) {
        return Score.run(Metric.CAPTION, annotations, results, ScoreOptions.OFFICIAL);
    }

    @Override
    public Map<String, Double> quoted(Map<String, Object> scores) {
        return numbers(scores.getOrDefault(CORPUS, Map.of()), QUOTED);
    }

    private static Map<String, Double> numbers(Object row, List<String> names) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        if (row instanceof Map<?, ?> values) {
            for (String name : names) {
                if (values.get(name) instanceof Double number) {
                    numbers.put(name, number);
                }
            }
        }
        return numbers;
    }

    /** A picture's quality is its ROUGE-L. */
    @Override
    public List<PictureReview> review(Path results) {
        Map<String, Double> qualities = new HashMap<>();
        if (score(results).get("per_image") instanceof Map<?, ?> each) {
            each.forEach((id, row) -> qualities.put(
                    String.valueOf(id), numbers(row, List.of(QUALITY)).getOrDefault(QUALITY, 0.0)));
        }
        return pictures.stream()
                .map(picture ->
                        new PictureReview(picture, qualities.getOrDefault(picture.id(), 0.0), List.of(), List.of()))
                .toList();
    }
}
