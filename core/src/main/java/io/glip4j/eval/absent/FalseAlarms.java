package io.glip4j.eval.absent;

import io.glip4j.eval.detection.PromptCategory;
import io.glip4j.eval.detection.ScoredObject;
import io.glip4j.eval.detection.TruthObject;
import io.glip4j.output.PhraseThresholds;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a model behaves when it is asked for what is not there, and what of the rest it still finds by the same thresholds.
 *
 * @param pictures that were asked about absent names
 * @param absentNames asked for, over all pictures
 * @param boxes found for them
 * @param wrongNames absent names with at least one box
 * @param wrongPictures pictures with at least one such box
 * @param objects that are there and were asked for
 * @param found of them, by a box of their name that overlaps them by half
 */
public record FalseAlarms(
        int pictures, int absentNames, int boxes, int wrongNames, int wrongPictures, int objects, int found) {
    private static final double HALF = 0.5;

    /** Counts over pictures; {@code results} by picture. */
    public static FalseAlarms count(
            Collection<Long> images,
            PictureNames names,
            Map<Long, List<ScoredObject>> results,
            PhraseThresholds thresholds) {
        FalseAlarms sum = new FalseAlarms(0, 0, 0, 0, 0, 0, 0);
        for (long image : images) {
            sum = sum.plus(ofPicture(image, names, results.getOrDefault(image, List.of()), thresholds));
        }
        return sum;
    }

    private static FalseAlarms ofPicture(
            long image, PictureNames names, List<ScoredObject> results, PhraseThresholds thresholds) {
        List<PromptCategory> absent = names.absent(image);
        List<ScoredObject> alarms = of(absent, results, thresholds);
        int wrongNames =
                (int) alarms.stream().map(ScoredObject::categoryId).distinct().count();
        List<ScoredObject> shown = of(names.present(image), results, thresholds);
        List<TruthObject> objects = names.objects(image);
        int found = (int) objects.stream()
                .filter(object -> shown.stream()
                        .anyMatch(box -> box.categoryId() == object.categoryId()
                                && box.box().overlap(object.box(), false) >= HALF))
                .count();
        return new FalseAlarms(
                absent.isEmpty() ? 0 : 1,
                absent.size(),
                alarms.size(),
                wrongNames,
                alarms.isEmpty() ? 0 : 1,
                objects.size(),
                found);
    }

    /** What the thresholds let through of a picture's results for these categories. */
    public static List<ScoredObject> of(
            List<PromptCategory> categories, List<ScoredObject> results, PhraseThresholds thresholds) {
        Map<Long, Double> least = categories.stream()
                .collect(Collectors.toMap(
                        PromptCategory::id, category -> thresholds.least(category.name()), (a, b) -> a));
        return results.stream()
                .filter(result -> result.score() >= least.getOrDefault(result.categoryId(), Double.POSITIVE_INFINITY))
                .toList();
    }

    private FalseAlarms plus(FalseAlarms other) {
        return new FalseAlarms(
                pictures + other.pictures,
                absentNames + other.absentNames,
                boxes + other.boxes,
                wrongNames + other.wrongNames,
                wrongPictures + other.wrongPictures,
                objects + other.objects,
                found + other.found);
    }

    /** Boxes of absent things in a picture. */
    public double perPicture() {
        return share(boxes, pictures);
    }

    /** Share of absent names that had a box. */
    public double wrongNameShare() {
        return share(wrongNames, absentNames);
    }

    /** Share of pictures in which nothing absent was found. */
    public double quietPictures() {
        return share(pictures - wrongPictures, pictures);
    }

    /** Share of the objects there that were found. */
    public double recall() {
        return share(found, objects);
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
