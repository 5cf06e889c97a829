package io.glip4j.eval.run;

import io.glip4j.eval.absent.FalseAlarms;
import io.glip4j.eval.absent.PictureNames;
import io.glip4j.eval.detection.GroundedCategories;
import io.glip4j.eval.detection.OverlapKind;
import io.glip4j.eval.detection.PromptCategory;
import io.glip4j.eval.detection.ResultBoxes;
import io.glip4j.eval.detection.ResultReader;
import io.glip4j.eval.detection.ScoredObject;
import io.glip4j.output.PhraseThresholds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names of things that are not there: each picture of a COCO set is asked for some absent categories in one prompt and
 * for those that are there in another; every box of the first is a false alarm.
 */
public final class AbsentTask implements EvaluationTask {
    private final Path annotations;
    private final int names;
    private final long seed;
    private final PhraseThresholds thresholds;
    private final PictureNames categories;
    private final List<TaskPicture> pictures;
    private final Map<Long, String> nameOf;

    /**
     * Questions about a data set in which every object is annotated.
     *
     * @param names most absent names of a picture, at least 1
     * @param seed of which ones
     * @param thresholds from which score on a box counts as found
     */
    public AbsentTask(Path annotations, Path images, int names, long seed, PhraseThresholds thresholds) {
        AnnotatedPictures read = AnnotatedPictures.read(annotations, images);
        this.annotations = annotations;
        this.names = names;
        this.seed = seed;
        this.thresholds = thresholds;
        this.pictures = read.pictures();
        this.categories = new PictureNames(annotations, names, seed);
        this.nameOf = read.categories().stream()
                .collect(Collectors.toMap(PromptCategory::id, PromptCategory::name, (a, b) -> a));
    }

    @Override
    public String description() {
        return "absent " + annotations.getFileName() + ", " + pictures.size() + " pictures, up to " + names
                + " absent names each, seed " + seed;
    }

    @Override
    public List<TaskPicture> pictures() {
        return pictures;
    }

    /** All boxes, whatever their scores. */
    @Override
    public List<Object> ask(TaskPicture picture, Asker asker) {
        long image = Long.parseLong(picture.id());
        return Stream.of(categories.absent(image), categories.present(image))
                .filter(asked -> !asked.isEmpty())
                .map(asked -> new GroundedCategories(asked, ResultBoxes.LAST_PIXEL_INSIDE))
                .flatMap(asked -> asked.results(image, asker.ask(asked.prompt())).stream())
                .<Object>map(BoxResult::of)
                .toList();
    }

    @Override
    public Map<String, Object> score(Path results) {
        FalseAlarms alarms = FalseAlarms.count(
                pictures.stream().map(picture -> Long.valueOf(picture.id())).toList(),
                categories,
                byPicture(results),
                thresholds);
        Map<String, Object> scores = new LinkedHashMap<>();
        scores.put("pictures", alarms.pictures());
        scores.put("absent_names", alarms.absentNames());
        scores.put("objects", alarms.objects());
        scores.put("false_alarms_per_picture", alarms.perPicture());
        scores.put("absent_names_found", alarms.wrongNameShare());
        scores.put("pictures_without_false_alarm", alarms.quietPictures());
        scores.put("objects_found", alarms.recall());
        return scores;
    }

    private static Map<Long, List<ScoredObject>> byPicture(Path results) {
        return ResultReader.read(results, OverlapKind.BOX).stream()
                .collect(Collectors.groupingBy(ScoredObject::imageId));
    }

    /** For each absent name the best score it had in each picture it was asked for in, 0 for no box. */
    public Map<String, List<Double>> highestOfAbsent(Path results) {
        Map<Long, List<ScoredObject>> found = byPicture(results);
        Map<String, List<Double>> highest = new TreeMap<>();
        for (TaskPicture picture : pictures) {
            long image = Long.parseLong(picture.id());
            for (PromptCategory name : categories.absent(image)) {
                double best = found.getOrDefault(image, List.of()).stream()
                        .filter(result -> result.categoryId() == name.id())
                        .mapToDouble(ScoredObject::score)
                        .max()
                        .orElse(0);
                highest.computeIfAbsent(name.name(), first -> new ArrayList<>()).add(best);
            }
        }
        return highest;
    }

    @Override
    public Map<String, Double> quoted(Map<String, Object> scores) {
        return Quoted.numbers(scores);
    }

    /** A picture's quality falls with every false alarm, which are what is drawn as found. */
    @Override
    public List<PictureReview> review(Path results) {
        Map<Long, List<ScoredObject>> found = byPicture(results);
        return pictures.stream()
                .map(picture -> {
                    long image = Long.parseLong(picture.id());
                    List<ScoredObject> alarms =
                            FalseAlarms.of(categories.absent(image), found.getOrDefault(image, List.of()), thresholds);
                    return new PictureReview(
                            picture,
                            1.0 / (1 + alarms.size()),
                            List.of(),
                            alarms.stream()
                                    .limit(PictureReview.DRAWN)
                                    .map(box -> Drawn.box(
                                            nameOf.getOrDefault(box.categoryId(), ""),
                                            box.score(),
                                            box.box().toXyxy()))
                                    .toList());
                })
                .toList();
    }
}
