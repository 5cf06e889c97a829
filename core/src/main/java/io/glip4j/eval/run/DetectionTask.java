package io.glip4j.eval.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.glip4j.eval.Metric;
import io.glip4j.eval.Score;
import io.glip4j.eval.ScoreOptions;
import io.glip4j.eval.detection.CocoEvaluation;
import io.glip4j.eval.detection.CocoParameters;
import io.glip4j.eval.detection.CocoSummary;
import io.glip4j.eval.detection.GroundedCategories;
import io.glip4j.eval.detection.OverlapKind;
import io.glip4j.eval.detection.PromptCategory;
import io.glip4j.eval.detection.ResultBoxes;
import io.glip4j.eval.detection.ResultReader;
import io.glip4j.eval.detection.ScoredObject;
import io.glip4j.eval.detection.Truth;
import io.glip4j.eval.detection.TruthCategory;
import io.glip4j.eval.detection.TruthImage;
import io.glip4j.eval.detection.TruthObject;
import io.glip4j.eval.detection.TruthReader;
import io.glip4j.geometry.BoxXywh;
import io.glip4j.json.RunLengthsJson;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import io.glip4j.output.Segment;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Boxes of categories, by the rules of COCO or LVIS, or their masks by those of COCO. */
public final class DetectionTask implements EvaluationTask {
    private final Path annotations;
    private final Metric metric;
    private final ScoreOptions options;
    private final List<TaskPicture> pictures;
    private final List<PromptCategory> categories;
    private final GroundedCategories grounded;

    private DetectionTask(
            Path annotations,
            Metric metric,
            ScoreOptions options,
            List<TaskPicture> pictures,
            List<PromptCategory> categories) {
        this.annotations = annotations;
        this.metric = metric;
        this.options = options;
        this.pictures = List.copyOf(pictures);
        this.categories = List.copyOf(categories);
        this.grounded = new GroundedCategories(
                categories, metric == Metric.LVIS ? ResultBoxes.CORNERS : ResultBoxes.LAST_PIXEL_INSIDE);
    }

    /**
     * COCO's box metric.
     *
     * @param images the folder that file names are relative to
     */
    public static DetectionTask coco(Path annotations, Path images) {
        AnnotatedPictures read = AnnotatedPictures.read(annotations, images);
        return new DetectionTask(
                annotations, Metric.COCO_BBOX, ScoreOptions.OFFICIAL, read.pictures(), read.categories());
    }

    /** COCO's mask metric. */
    public static DetectionTask cocoMasks(Path annotations, Path images) {
        AnnotatedPictures read = AnnotatedPictures.read(annotations, images);
        return new DetectionTask(
                annotations, Metric.COCO_SEGM, ScoreOptions.OFFICIAL, read.pictures(), read.categories());
    }

    /** LVIS's box metric; the options say by which protocol. */
    public static DetectionTask lvis(Path annotations, Path images, ScoreOptions options) {
        AnnotatedPictures read = AnnotatedPictures.read(annotations, images);
        return new DetectionTask(annotations, Metric.LVIS, options, read.pictures(), read.categories());
    }

    /** The same with other words for the categories; an empty list leaves them as they are. */
    public DetectionTask withPrompt(List<PromptCategory> words) {
        return words.isEmpty() ? this : new DetectionTask(annotations, metric, options, pictures, words);
    }

    /** Only the first pictures of a COCO set, for a look; the numbers are those of these pictures. */
    public DetectionTask first(int count) {
        List<TaskPicture> some = pictures.subList(0, Math.min(count, pictures.size()));
        Set<Long> ids =
                some.stream().map(picture -> Long.valueOf(picture.id())).collect(Collectors.toUnmodifiableSet());
        return new DetectionTask(annotations, metric, options.withImages(ids), some, categories);
    }

    @Override
    public String description() {
        return metric.label() + " " + annotations.getFileName() + ", " + pictures.size() + " pictures, prompt "
                + grounded.prompt().text();
    }

    @Override
    public List<TaskPicture> pictures() {
        return pictures;
    }

    /** A record of a COCO results file with a mask; without a box, so that the mask's area is that of the result. */
    private record MaskResult(
            @JsonProperty("image_id") long imageId,
            @JsonProperty("category_id") long categoryId,
            RunLengthsJson segmentation,
            double score) {
        static MaskResult of(long image, long category, Segment segment) {
            return new MaskResult(
                    image,
                    category,
                    RunLengthsJson.of(segment.mask()),
                    segment.detection().score());
        }
    }

    @Override
    public List<Object> ask(TaskPicture picture, Asker asker) {
        if (metric == Metric.COCO_SEGM) {
            long id = Long.parseLong(picture.id());
            return asker.segment(grounded.prompt()).segments().stream()
                    .<Object>map(segment -> MaskResult.of(id, grounded.category(segment.detection()), segment))
                    .toList();
        }
        Grounding found = asker.ask(grounded.prompt());
        return grounded.results(Long.parseLong(picture.id()), found).stream()
                .<Object>map(BoxResult::of)
                .toList();
    }

    @Override
    public Map<String, Object> score(Path results) {
        return Score.document(metric, annotations, results, options);
    }

    @Override
    public Map<String, Double> quoted(Map<String, Object> scores) {
        Map<String, Double> quoted = new LinkedHashMap<>();
        if (scores.get(metric == Metric.LVIS ? "results" : "stats_official") instanceof Map<?, ?> numbers) {
            numbers.forEach((name, value) -> quoted.put(String.valueOf(name), (Double) value));
        }
        Map<Long, String> names =
                categories.stream().collect(Collectors.toMap(PromptCategory::id, PromptCategory::name, (a, b) -> a));
        if (metric != Metric.LVIS && scores.get("per_category") instanceof Map<?, ?> rows) {
            rows.forEach((id, row) -> {
                if (row instanceof Map<?, ?> numbers && numbers.get("AP50") instanceof Double value && value >= 0) {
                    quoted.put("AP50 " + names.get(Long.valueOf(String.valueOf(id))), value);
                }
            });
        }
        return quoted;
    }

    /** A picture's quality is its own AP50. */
    @Override
    public List<PictureReview> review(Path results) {
        Truth truth = TruthReader.read(annotations, OverlapKind.BOX);
        Map<Long, List<TruthObject>> objects =
                truth.objects().stream().collect(Collectors.groupingBy(TruthObject::imageId));
        Map<Long, List<ScoredObject>> found = ResultReader.read(results, OverlapKind.BOX).stream()
                .collect(Collectors.groupingBy(ScoredObject::imageId));
        Map<Long, TruthImage> images =
                truth.images().stream().collect(Collectors.toMap(TruthImage::id, image -> image, (a, b) -> b));
        Map<Long, String> names =
                categories.stream().collect(Collectors.toMap(PromptCategory::id, PromptCategory::name, (a, b) -> a));
        return pictures.stream()
                .map(picture -> {
                    long id = Long.parseLong(picture.id());
                    TruthImage image = images.get(id);
                    if (image == null) {
                        throw new IllegalStateException("picture " + id + " left the annotations");
                    }
                    return review(
                            picture,
                            new Truth(List.of(image), truth.categories(), objects.getOrDefault(id, List.of())),
                            found.getOrDefault(id, List.of()),
                            names);
                })
                .toList();
    }

    private static PictureReview review(
            TaskPicture picture, Truth truth, List<ScoredObject> found, Map<Long, String> names) {
        Set<Long> here = truth.objects().stream().map(TruthObject::categoryId).collect(Collectors.toUnmodifiableSet());
        Truth asked = new Truth(
                truth.images(),
                truth.categories().stream()
                        .filter((TruthCategory category) -> here.contains(category.id()))
                        .toList(),
                truth.objects());
        Double precision = new CocoSummary(
                        CocoEvaluation.evaluate(asked, found, CocoParameters.official(OverlapKind.BOX)))
                .official()
                .get("AP50");
        return new PictureReview(
                picture,
                precision == null || precision < 0 ? (found.isEmpty() ? 1 : 0) : precision,
                truth.objects().stream()
                        .map(object -> drawn(names, object.categoryId(), object.box(), 1))
                        .toList(),
                found.stream()
                        .sorted(Comparator.comparingDouble(ScoredObject::score).reversed())
                        .limit(Math.min(
                                PictureReview.DRAWN, 2L + truth.objects().size()))
                        .map(object -> drawn(names, object.categoryId(), object.box(), object.score()))
                        .toList());
    }

    private static Detection drawn(Map<Long, String> names, long category, BoxXywh box, double score) {
        return Drawn.box(names.getOrDefault(category, "category " + category), score, box.toXyxy());
    }
}
