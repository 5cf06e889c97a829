package io.glip4j.eval.detection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What an annotation file and a results file hold, in counts: a look at these tells whether they are the right ones. */
public final class DetectionContents {
    private static final int LVIS_LIMIT = 300;
    private static final Comparator<ScoredObject> BY_IMAGE = Comparator.comparingLong(ScoredObject::imageId);
    private static final Comparator<ScoredObject> BY_CATEGORY = Comparator.comparingLong(ScoredObject::categoryId);

    private final Truth truth;
    private final List<ScoredObject> results;
    private final Set<Long> wantedImages;
    private final Set<Long> wantedCategories;

    public DetectionContents(Truth truth, List<ScoredObject> results) {
        this.truth = truth;
        this.results = List.copyOf(results);
        this.wantedImages = truth.objects().stream().map(TruthObject::imageId).collect(Collectors.toUnmodifiableSet());
        this.wantedCategories =
                truth.objects().stream().map(TruthObject::categoryId).collect(Collectors.toUnmodifiableSet());
    }

    /** Pictures, objects (gt), categories and detections; detections of equal score, whose order in the file counts. */
    public Map<String, Long> coco() {
        Set<Long> foundCategories =
                results.stream().map(ScoredObject::categoryId).collect(Collectors.toUnmodifiableSet());
        Map<String, Long> counts = pictures();
        counts.put(
                "gt_crowd", truth.objects().stream().filter(TruthObject::crowd).count());
        counts.put("categories", (long) truth.categories().size());
        counts.put(
                "categories_without_gt",
                truth.categories().stream()
                        .filter(category -> !wantedCategories.contains(category.id()))
                        .count());
        counts.put(
                "gt_categories_without_detections",
                wantedCategories.stream()
                        .filter(id -> !foundCategories.contains(id))
                        .count());
        counts.put(
                "detections_with_tied_score_in_category",
                runs(BY_CATEGORY.thenComparingDouble(ScoredObject::score)).stream()
                        .filter(run -> run > 1)
                        .mapToLong(Long::longValue)
                        .sum());
        counts.put(
                "max_detections_of_a_category_in_an_image",
                runs(BY_IMAGE.thenComparing(BY_CATEGORY)).stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0));
        return counts;
    }

    /** Pictures, objects (gt), categories and detections; pictures that the official limit cuts. */
    public Map<String, Long> lvis() {
        Map<String, Long> counts = pictures();
        counts.put("categories_with_gt", (long) wantedCategories.size());
        counts.put(
                "images_with_more_than_300",
                runs(BY_IMAGE).stream().filter(run -> run > LVIS_LIMIT).count());
        return counts;
    }

    private Map<String, Long> pictures() {
        Set<Long> foundImages = results.stream().map(ScoredObject::imageId).collect(Collectors.toUnmodifiableSet());
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("images", (long) truth.images().size());
        counts.put("images_without_gt", imagesOutside(wantedImages));
        counts.put("images_without_detections", imagesOutside(foundImages));
        counts.put("gt", (long) truth.objects().size());
        counts.put("detections", (long) results.size());
        return counts;
    }

    private long imagesOutside(Set<Long> ids) {
        return truth.images().stream()
                .filter(image -> !ids.contains(image.id()))
                .count();
    }

    /** Sizes of the groups of detections that an order does not tell apart. */
    private List<Long> runs(Comparator<ScoredObject> order) {
        List<ScoredObject> sorted = results.stream().sorted(order).toList();
        List<Long> runs = new ArrayList<>();
        int begin = 0;
        for (int i = 1; i <= sorted.size(); i++) {
            if (i == sorted.size() || order.compare(sorted.get(i - 1), sorted.get(i)) != 0) {
                runs.add((long) i - begin);
                begin = i;
            }
        }
        return runs;
    }
}
