package io.glip4j.eval.detection;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * COCO average precision and recall, number by number as pycocotools gives them.
 *
 * <p>Bad input, as in the official tool: results of unknown categories are dropped, results of unknown pictures are an
 * error, scores that are NaN come last, boxes of negative size overlap nothing, an object with id 0 can be taken but
 * never makes a detection right, masks of another size than the object's never match. Without results every number is 0
 * where there is something to find.
 */
public final class CocoEvaluation {
    private CocoEvaluation() {}

    /**
     * Compares results with the annotations.
     *
     * @throws GlipException {@code BAD_ANNOTATIONS} if a result is of a picture that {@code truth} does not list
     */
    public static DetectionScores evaluate(Truth truth, List<ScoredObject> results, CocoParameters parameters) {
        requireKnownImages(truth, results);
        List<TruthImage> images = truth.images().stream()
                .filter(image ->
                        parameters.images().map(ids -> ids.contains(image.id())).orElse(true))
                .sorted(Comparator.comparingLong(TruthImage::id))
                .toList();
        List<Long> categories = truth.categories().stream()
                .map(TruthCategory::id)
                .filter(id ->
                        parameters.categories().map(ids -> ids.contains(id)).orElse(true))
                .sorted()
                .toList();
        Map<Long, Integer> imagePosition =
                positions(images.stream().map(TruthImage::id).toList());
        Map<Long, Integer> categoryPosition = positions(categories);

        Side<TruthObject> truths = new Side<>();
        for (TruthObject object : truth.objects()) {
            add(truths, object, imagePosition.get(object.imageId()), categoryPosition.get(object.categoryId()));
        }
        Side<ScoredObject> detections = new Side<>();
        for (ScoredObject object : results) {
            add(detections, object, imagePosition.get(object.imageId()), categoryPosition.get(object.categoryId()));
        }
        boolean together = !parameters.useCategories();
        truths.sort(images.size(), categories.size(), together);
        detections.sort(images.size(), categories.size(), together);

        List<Long> classes = together ? List.of(-1L) : categories;
        DetectionScores scores = new DetectionScores(classes, parameters.maxDetections());
        Matcher matcher = new Matcher(new CocoRules(parameters), images);
        IntStream.range(0, classes.size())
                .parallel()
                .forEach(k -> scores.accumulate(k, matcher.match(truths, detections, k)));
        return scores;
    }

    static void requireKnownImages(Truth truth, List<ScoredObject> results) {
        Map<Long, Integer> known =
                positions(truth.images().stream().map(TruthImage::id).toList());
        for (ScoredObject result : results) {
            if (!known.containsKey(result.imageId())) {
                throw new GlipException(
                        ErrorCode.BAD_ANNOTATIONS,
                        "wanted results of the " + known.size() + " annotated pictures, got one of picture "
                                + result.imageId() + "; are these the annotations the results were made for?");
            }
        }
    }

    static Map<Long, Integer> positions(List<Long> ids) {
        Map<Long, Integer> positions = new HashMap<>();
        for (long id : ids) {
            positions.putIfAbsent(id, positions.size());
        }
        return positions;
    }

    private static <T> void add(Side<T> side, T item, @Nullable Integer image, @Nullable Integer category) {
        if (image != null && category != null) {
            side.add(item, image, category);
        }
    }

    private record CocoRules(CocoParameters parameters) implements Matcher.Rules {
        @Override
        public OverlapKind kind() {
            return parameters.kind();
        }

        @Override
        public int mostDetections() {
            return parameters.maxDetections().get(parameters.maxDetections().size() - 1);
        }

        @Override
        public boolean leftOut(TruthObject truth) {
            return truth.crowd();
        }

        @Override
        public boolean takesMany(TruthObject truth) {
            return truth.crowd();
        }

        @Override
        public boolean forgiven(ScoredObject detection, TruthImage image) {
            return false;
        }
    }
}
