package io.glip4j.eval.detection;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * LVIS average precision and recall, number by number as lvis-api gives them.
 *
 * <p>LVIS does not annotate every category in every picture, so a detection is judged only where its category has an
 * object in the picture or is listed as absent; where the category is not annotated completely, a detection that
 * matches nothing is left out. Objects and detections without area are dropped after the limit was applied.
 *
 * <p>Bad input as in {@link CocoEvaluation}.
 */
public final class LvisEvaluation {
    private LvisEvaluation() {}

    /**
     * Compares results with the annotations.
     *
     * @throws GlipException {@code BAD_ANNOTATIONS} if a result is of a picture that {@code truth} does not list, or a
     *     category has no frequency r, c or f
     */
    public static LvisScores evaluate(
            Truth truth, List<ScoredObject> results, OverlapKind kind, LvisProtocol protocol) {
        CocoEvaluation.requireKnownImages(truth, results);
        List<TruthImage> images = truth.images().stream()
                .sorted(Comparator.comparingLong(TruthImage::id))
                .toList();
        List<TruthCategory> categories = truth.categories().stream()
                .sorted(Comparator.comparingLong(TruthCategory::id))
                .toList();
        for (TruthCategory category : categories) {
            if (!LvisScores.FREQUENCIES.contains(category.frequency())) {
                throw new GlipException(
                        ErrorCode.BAD_ANNOTATIONS,
                        "wanted a frequency r, c or f for every LVIS category, got \"" + category.frequency()
                                + "\" for category " + category.id());
            }
        }
        Map<Long, Integer> imagePosition =
                CocoEvaluation.positions(images.stream().map(TruthImage::id).toList());
        List<Long> classes = categories.stream().map(TruthCategory::id).toList();
        Map<Long, Integer> categoryPosition = CocoEvaluation.positions(classes);

        Map<Long, Set<Long>> present = new HashMap<>();
        Side<TruthObject> truths = new Side<>();
        for (TruthObject object : truth.objects()) {
            Integer image = imagePosition.get(object.imageId());
            Integer category = categoryPosition.get(object.categoryId());
            if (image != null && category != null && hasArea(object.area())) {
                truths.add(object, image, category);
                present.computeIfAbsent(object.imageId(), id -> new HashSet<>()).add(object.categoryId());
            }
        }
        List<ScoredObject> limited = limit(results, protocol);
        Side<ScoredObject> detections = new Side<>();
        for (ScoredObject object : limited) {
            Integer image = imagePosition.get(object.imageId());
            Integer category = categoryPosition.get(object.categoryId());
            if (image != null
                    && category != null
                    && hasArea(object.area())
                    && judged(object, images.get(image), present.get(object.imageId()))) {
                detections.add(object, image, category);
            }
        }
        truths.sort(images.size(), classes.size(), false);
        detections.sort(images.size(), classes.size(), false);
        DetectionScores scores = new DetectionScores(classes, List.of(Integer.MAX_VALUE));
        Matcher matcher = new Matcher(new LvisRules(kind), images);
        IntStream.range(0, classes.size())
                .parallel()
                .forEach(k -> scores.accumulate(k, matcher.match(truths, detections, k)));
        return new LvisScores(scores, categories, protocol, limited.size(), detections.size());
    }

    private static boolean hasArea(double area) {
        return area > 0 && area < Double.POSITIVE_INFINITY;
    }

    private static boolean judged(ScoredObject object, TruthImage image, @Nullable Set<Long> present) {
        return image.absentCategories().contains(object.categoryId())
                || (present != null && present.contains(object.categoryId()));
    }

    private static List<ScoredObject> limit(List<ScoredObject> results, LvisProtocol protocol) {
        if (protocol instanceof LvisProtocol.PerImage limit) {
            return best(results, ScoredObject::imageId, limit.most());
        }
        if (protocol instanceof LvisProtocol.BestOfCategory limit) {
            return best(results, ScoredObject::categoryId, limit.most());
        }
        return results;
    }

    /** The best of each group, of equal scores the first; what is kept stays in the file's order. */
    private static List<ScoredObject> best(List<ScoredObject> results, Function<ScoredObject, Long> group, int most) {
        Map<Long, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            groups.computeIfAbsent(group.apply(results.get(i)), id -> new ArrayList<>())
                    .add(i);
        }
        boolean[] keep = new boolean[results.size()];
        for (List<Integer> members : groups.values()) {
            double[] scores =
                    members.stream().mapToDouble(i -> results.get(i).score()).toArray();
            int[] order = StableOrder.descending(scores, scores.length);
            for (int i = 0; i < Math.min(most, order.length); i++) {
                keep[members.get(order[i])] = true;
            }
        }
        return IntStream.range(0, keep.length)
                .filter(i -> keep[i])
                .mapToObj(results::get)
                .toList();
    }

    private record LvisRules(OverlapKind kind) implements Matcher.Rules {
        @Override
        public int mostDetections() {
            return Integer.MAX_VALUE;
        }

        @Override
        public boolean leftOut(TruthObject truth) {
            return truth.ignored();
        }

        @Override
        public boolean takesMany(TruthObject truth) {
            return false;
        }

        @Override
        public boolean forgiven(ScoredObject detection, TruthImage image) {
            return image.incompleteCategories().contains(detection.categoryId());
        }
    }
}
