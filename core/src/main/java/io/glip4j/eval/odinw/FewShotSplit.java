package io.glip4j.eval.odinw;

import io.glip4j.eval.detection.Truth;
import io.glip4j.eval.detection.TruthImage;
import io.glip4j.eval.detection.TruthObject;
import io.glip4j.text.PythonRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Few-shot training sets as ODinW makes them (seeds 3, 30, 300; 1, 3, 5 or 10 shots): pictures with objects by
 * ascending id, shuffled with Python's generator, are taken while they have a category of which fewer pictures than
 * asked were taken. A picture counts once for each of its categories.
 */
public final class FewShotSplit {
    /** The seeds of the published splits. */
    public static final List<Integer> SEEDS = List.of(3, 30, 300);
    /** The numbers of shots of the published splits. */
    public static final List<Integer> SHOTS = List.of(1, 3, 5, 10);

    /** A box counts as empty if a side is no longer than this, in pixels. */
    private static final double EMPTY_SIDE = 1;

    private FewShotSplit() {}

    /**
     * Ids of the chosen pictures in the order of choice.
     *
     * @param truth a training set
     * @param shots pictures per category
     * @param seed 0 leaves the pictures in order
     */
    public static List<Long> choose(Truth truth, int shots, int seed) {
        Map<Long, Set<Long>> categories = new HashMap<>();
        Set<Long> usable = new HashSet<>();
        for (TruthObject object : truth.objects()) {
            categories.computeIfAbsent(object.imageId(), id -> new HashSet<>()).add(object.categoryId());
            if (object.box().width() > EMPTY_SIDE && object.box().height() > EMPTY_SIDE) {
                usable.add(object.imageId());
            }
        }
        List<Long> pictures = new ArrayList<>(truth.images().stream()
                .map(TruthImage::id)
                .filter(usable::contains)
                .sorted()
                .toList());
        if (seed != 0) {
            new PythonRandom(seed).shuffle(pictures);
        }
        Map<Long, Integer> taken = new LinkedHashMap<>();
        List<Long> chosen = new ArrayList<>();
        for (long picture : pictures) {
            Set<Long> here = categories.getOrDefault(picture, Set.of());
            if (here.stream().anyMatch(category -> taken.getOrDefault(category, 0) < shots)) {
                chosen.add(picture);
                here.forEach(category -> taken.merge(category, 1, Integer::sum));
            }
        }
        return chosen;
    }
}
