package io.glip4j.label;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.NonMaximumSuppression;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Which of a teacher's boxes become labels.
 *
 * @param threshold least score, 0..1
 * @param thresholdOf another one for some names
 * @param overlap of two boxes of one name the worse goes if their IoU is more than this, 0..1
 */
public record LabelFilter(double threshold, Map<String, Double> thresholdOf, double overlap) {
    private static final int BOX = 4;
    private static final double SAME_THING = 0.8;

    public LabelFilter {
        thresholdOf = Collections.unmodifiableMap(new TreeMap<>(thresholdOf)); // sorted: its text tells runs apart
        share("threshold", threshold);
        share("overlap", overlap);
        thresholdOf.forEach((name, value) -> share("threshold of " + name, value));
    }

    /** The least score of any name. */
    double lowest() {
        return thresholdOf.values().stream().reduce(threshold, Math::min);
    }

    /** The boxes that become labels, best first. */
    List<LabelledBox> keep(List<LabelledBox> found) {
        List<LabelledBox> above = found.stream()
                .filter(box -> box.score() >= thresholdOf.getOrDefault(box.name(), threshold))
                .toList();
        return suppress(above, LabelledBox::place, overlap);
    }

    /** Without the boxes that give what a better box covers another name, where a thing has but one. */
    List<LabelledBox> keepOneName(List<LabelledBox> found) {
        return suppress(found, box -> 0, Math.max(overlap, SAME_THING));
    }

    private static List<LabelledBox> suppress(
            List<LabelledBox> found, ToIntFunction<LabelledBox> group, double overlap) {
        float[] boxesXyxy = new float[BOX * found.size()];
        float[] scores = new float[found.size()];
        int[] groups = new int[found.size()];
        for (int i = 0; i < found.size(); i++) {
            LabelledBox box = found.get(i);
            boxesXyxy[BOX * i] = (float) box.box().x1();
            boxesXyxy[BOX * i + 1] = (float) box.box().y1();
            boxesXyxy[BOX * i + 2] = (float) box.box().x2() - 1; // last pixel inside
            boxesXyxy[BOX * i + 3] = (float) box.box().y2() - 1;
            scores[i] = (float) box.score();
            groups[i] = group.applyAsInt(box);
        }
        return Arrays.stream(NonMaximumSuppression.keep(boxesXyxy, scores, groups, overlap))
                .mapToObj(found::get)
                .toList();
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "pseudo-labels: wanted a " + name + " of 0 to 1, got " + value);
        }
    }
}
