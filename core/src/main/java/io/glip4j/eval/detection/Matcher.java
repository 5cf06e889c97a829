package io.glip4j.eval.detection;

import io.glip4j.geometry.BoxXywh;
import io.glip4j.geometry.RunLengthMask;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the detections of one class to its objects, picture by picture: by falling score each detection takes the free
 * object of largest IoU, of equal ones the later; an object that counts before one that is left out.
 */
final class Matcher {
    /** Keeps a threshold of 1 reachable for an IoU that rounding left a little below. */
    private static final double BELOW_ONE = 1 - 1e-10;

    private final Rules rules;
    private final List<TruthImage> images;

    /** What differs between COCO and LVIS. */
    interface Rules {
        OverlapKind kind();

        /** Detections kept of a class in a picture. */
        int mostDetections();

        /** Whether an object is left out of the count. */
        boolean leftOut(TruthObject truth);

        /** Whether the object surrounds many and takes any number of detections. */
        boolean takesMany(TruthObject truth);

        /** Whether a detection that matches nothing is left out of the count. */
        boolean forgiven(ScoredObject detection, TruthImage image);
    }

    Matcher(Rules rules, List<TruthImage> images) {
        this.rules = rules;
        this.images = images;
    }

    /** All pictures of one class. */
    ClassMatches match(Side<TruthObject> truths, Side<ScoredObject> detections, int classPosition) {
        ClassMatches matches = new ClassMatches();
        int truth = truths.begin(classPosition);
        int detection = detections.begin(classPosition);
        int truthsEnd = truths.begin(classPosition + 1);
        int detectionsEnd = detections.begin(classPosition + 1);
        while (truth < truthsEnd || detection < detectionsEnd) {
            int image = Math.min(
                    truth < truthsEnd ? truths.image(truth) : Integer.MAX_VALUE,
                    detection < detectionsEnd ? detections.image(detection) : Integer.MAX_VALUE);
            List<TruthObject> here = new ArrayList<>();
            while (truth < truthsEnd && truths.image(truth) == image) {
                here.add(truths.item(truth++));
            }
            List<ScoredObject> found = new ArrayList<>();
            while (detection < detectionsEnd && detections.image(detection) == image) {
                found.add(detections.item(detection++));
            }
            matchImage(matches, images.get(image), here, best(found));
        }
        return matches;
    }

    private List<ScoredObject> best(List<ScoredObject> found) {
        double[] scores = new double[found.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = found.get(i).score();
        }
        int[] order = StableOrder.descending(scores, scores.length);
        int count = Math.min(order.length, rules.mostDetections());
        List<ScoredObject> best = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            best.add(found.get(order[i]));
        }
        return best;
    }

    private void matchImage(
            ClassMatches matches, TruthImage image, List<TruthObject> truths, List<ScoredObject> detections) {
        double[][] overlap = rules.kind() == OverlapKind.BOX
                ? boxOverlaps(truths, detections)
                : maskOverlaps(image, truths, detections);
        int first = matches.size();
        for (int d = 0; d < detections.size(); d++) {
            matches.add(detections.get(d).score(), d);
        }
        boolean[] leftOut = new boolean[truths.size()];
        for (AreaRange area : AreaRange.values()) {
            int counted = 0;
            for (int g = 0; g < leftOut.length; g++) {
                TruthObject truth = truths.get(g);
                leftOut[g] = rules.leftOut(truth) || area.excludes(truth.area());
                counted += leftOut[g] ? 0 : 1;
            }
            matches.countTruths(area.position(), counted);
            Assignment assignment = new Assignment(truths, leftOut, detections.size());
            assignment.assign(overlap);
            for (int d = 0; d < detections.size(); d++) {
                ScoredObject detection = detections.get(d);
                boolean forgiven = area.excludes(detection.area()) || rules.forgiven(detection, image);
                int matched = assignment.matched[d];
                int ignored = assignment.ignored[d] | (forgiven ? ~matched : 0);
                matches.set(area.position(), first + d, matched, ignored);
            }
        }
    }

    private double[][] boxOverlaps(List<TruthObject> truths, List<ScoredObject> detections) {
        double[][] overlap = new double[detections.size()][truths.size()];
        for (int g = 0; g < truths.size(); g++) {
            TruthObject truth = truths.get(g);
            boolean crowd = rules.takesMany(truth);
            for (int d = 0; d < overlap.length; d++) {
                overlap[d][g] = detections.get(d).box().overlap(truth.box(), crowd);
            }
        }
        return overlap;
    }

    private double[][] maskOverlaps(TruthImage image, List<TruthObject> truths, List<ScoredObject> detections) {
        double[][] overlap = new double[detections.size()][truths.size()];
        if (truths.isEmpty() || detections.isEmpty()) {
            return overlap;
        }
        List<RunLengthMask> masks = new ArrayList<>(truths.size());
        List<BoxXywh> boxes = new ArrayList<>(truths.size());
        for (TruthObject truth : truths) {
            RunLengthMask mask = truth.segmentation().orElseThrow().toMask(image.height(), image.width());
            masks.add(mask);
            boxes.add(mask.box());
        }
        for (int d = 0; d < overlap.length; d++) {
            ScoredObject detection = detections.get(d);
            RunLengthMask mask = detection
                    .segmentation()
                    .map(segmentation -> segmentation.toMask(image.height(), image.width()))
                    .orElseGet(() -> RunLengthMask.ofBox(image.height(), image.width(), detection.box()));
            BoxXywh box = mask.box();
            for (int g = 0; g < truths.size(); g++) {
                overlap[d][g] = mask.overlap(box, masks.get(g), boxes.get(g), rules.takesMany(truths.get(g)));
            }
        }
        return overlap;
    }

    /** One picture and area range, for all thresholds. */
    private final class Assignment {
        private final List<TruthObject> truths;
        private final boolean[] leftOut;
        private final int[] order;
        private final int[] matched;
        private final int[] ignored;

        Assignment(List<TruthObject> truths, boolean[] leftOut, int detections) {
            this.truths = truths;
            this.leftOut = leftOut;
            this.matched = new int[detections];
            this.ignored = new int[detections];
            this.order = new int[leftOut.length];
            int count = 0;
            for (int g = 0; g < leftOut.length; g++) {
                if (!leftOut[g]) {
                    order[count++] = g;
                }
            }
            for (int g = 0; g < leftOut.length; g++) {
                if (leftOut[g]) {
                    order[count++] = g;
                }
            }
        }

        void assign(double[][] overlap) {
            double[] thresholds = DetectionScores.THRESHOLDS;
            for (int t = 0; t < thresholds.length && order.length > 0; t++) {
                boolean[] taken = new boolean[order.length];
                double least = Math.min(thresholds[t], BELOW_ONE);
                for (int d = 0; d < matched.length; d++) {
                    int chosen = choose(overlap[d], least, taken);
                    if (chosen < 0) {
                        continue;
                    }
                    taken[chosen] = true;
                    ignored[d] |= leftOut[chosen] ? 1 << t : 0;
                    // The official tools keep the object's id as the mark of a match, so an id of 0 marks none.
                    matched[d] |= truths.get(chosen).id() != 0 ? 1 << t : 0;
                }
            }
        }

        private int choose(double[] overlap, double least, boolean[] taken) {
            int chosen = -1;
            double largest = least;
            for (int g : order) {
                if (taken[g] && !rules.takesMany(truths.get(g))) {
                    continue;
                }
                if (chosen >= 0 && !leftOut[chosen] && leftOut[g]) {
                    break;
                }
                if (overlap[g] >= largest) {
                    largest = overlap[g];
                    chosen = g;
                }
            }
            return chosen;
        }
    }
}
