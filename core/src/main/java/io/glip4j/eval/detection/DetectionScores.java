package io.glip4j.eval.detection;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Precision at 101 recalls and greatest recall, for each IoU threshold, class, area range and limit of detections; -1
 * where a class has nothing to find. Means leave those out and are -1 when nothing remains.
 */
public final class DetectionScores {
    /** 0.5, 0.55, ... 0.95, the doubles that the official tools compute with. */
    static final double[] THRESHOLDS = {0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.8999999999999999, 0.95};

    static final double RECALL_STEP = 0.01;
    static final int RECALLS = 101;
    private static final int AREAS = AreaRange.values().length;
    private static final double NOTHING = -1;

    private final List<Long> classes;
    private final List<Integer> limits;
    private final double[] precision;
    private final double[] recall;

    DetectionScores(List<Long> classes, List<Integer> limits) {
        this.classes = List.copyOf(classes);
        this.limits = List.copyOf(limits);
        this.recall = new double[THRESHOLDS.length * classes.size() * AREAS * limits.size()];
        this.precision = new double[recall.length * RECALLS];
        Arrays.fill(recall, NOTHING);
        Arrays.fill(precision, NOTHING);
    }

    /** Fills in one class; classes may be filled in by different threads. */
    void accumulate(int position, ClassMatches matches) {
        int[] order = matches.order();
        for (int area = 0; area < AREAS; area++) {
            int wanted = matches.countedTruths(area);
            if (wanted == 0) {
                continue;
            }
            for (int limit = 0; limit < limits.size(); limit++) {
                for (int t = 0; t < THRESHOLDS.length; t++) {
                    accumulate(matches, order, new Cell(t, position, area, limit), wanted);
                }
            }
        }
    }

    private record Cell(int threshold, int position, int area, int limit) {}

    private void accumulate(ClassMatches matches, int[] order, Cell cell, int wanted) {
        double[] recalls = new double[order.length];
        double[] precisions = new double[order.length];
        int count = 0;
        int right = 0;
        int wrong = 0;
        int most = limits.get(cell.limit);
        for (int d : order) {
            if (matches.rank(d) >= most) {
                continue;
            }
            if ((matches.ignored(cell.area, d) >> cell.threshold & 1) == 0) {
                if ((matches.matched(cell.area, d) >> cell.threshold & 1) != 0) {
                    right++;
                } else {
                    wrong++;
                }
            }
            recalls[count] = (double) right / wanted;
            precisions[count] = right / (wrong + right + Math.ulp(1.0));
            count++;
        }
        for (int i = count - 1; i > 0; i--) {
            precisions[i - 1] = Math.max(precisions[i - 1], precisions[i]);
        }
        int index = index(cell.threshold, cell.position, cell.area, cell.limit);
        recall[index] = count == 0 ? 0 : recalls[count - 1];
        int at = 0;
        for (int r = 0; r < RECALLS; r++) {
            double reached = r * RECALL_STEP;
            while (at < count && recalls[at] < reached) {
                at++;
            }
            precision[index * RECALLS + r] = at < count ? precisions[at] : 0;
        }
    }

    private int index(int threshold, int position, int area, int limit) {
        return ((threshold * classes.size() + position) * AREAS + area) * limits.size() + limit;
    }

    public static List<Double> thresholds() {
        return Arrays.stream(THRESHOLDS).boxed().toList();
    }

    /** Category ids in ascending order; -1 alone if all categories were one class. */
    public List<Long> classes() {
        return classes;
    }

    /** Limits of detections per picture and class, ascending. */
    public List<Integer> limits() {
        return limits;
    }

    /** Precision at recalls 0, 0.01, ... 1 of one class (its position in {@link #classes}). */
    public double[] precisionCurve(int threshold, int position, AreaRange area, int limit) {
        int from = index(threshold, position, area.position(), limit) * RECALLS;
        return Arrays.copyOfRange(precision, from, from + RECALLS);
    }

    /** Greatest recall of one class. */
    public double recall(int threshold, int position, AreaRange area, int limit) {
        return recall[index(threshold, position, area.position(), limit)];
    }

    /** Precision at recalls 0, 0.01, ... 1, the mean over the classes that have something to find. */
    public double[] meanPrecisionCurve(int threshold, AreaRange area, int limit) {
        double[] curve = new double[RECALLS];
        for (int r = 0; r < RECALLS; r++) {
            Mean mean = new Mean();
            for (int k = 0; k < classes.size(); k++) {
                mean.add(precision[index(threshold, k, area.position(), limit) * RECALLS + r]);
            }
            curve[r] = mean.value();
        }
        return curve;
    }

    /** Average precision over thresholds, recalls and classes. */
    public double averagePrecision(Thresholds thresholds, Classes over, AreaRange area, int limit) {
        Mean mean = new Mean();
        for (int t = thresholds.first(); t <= thresholds.last(); t++) {
            for (int position : over.positions()) {
                int from = index(t, position, area.position(), limit) * RECALLS;
                for (int r = 0; r < RECALLS; r++) {
                    mean.add(precision[from + r]);
                }
            }
        }
        return mean.value();
    }

    /** Average recall over thresholds and classes. */
    public double averageRecall(Thresholds thresholds, Classes over, AreaRange area, int limit) {
        Mean mean = new Mean();
        for (int t = thresholds.first(); t <= thresholds.last(); t++) {
            for (int position : over.positions()) {
                mean.add(recall[index(t, position, area.position(), limit)]);
            }
        }
        return mean.value();
    }

    /** All classes. */
    public Classes everyClass() {
        return new Classes(IntStream.range(0, classes.size()).boxed().toList());
    }

    /** Positions of the classes that a mean is over. */
    public record Classes(List<Integer> positions) {
        public Classes {
            positions = List.copyOf(positions);
        }

        public static Classes of(int position) {
            return new Classes(List.of(position));
        }
    }

    /** The IoU thresholds that a mean is over, as positions in {@link #thresholds}, both included. */
    public record Thresholds(int first, int last) {
        public static final Thresholds EVERY = new Thresholds(0, THRESHOLDS.length - 1);
        public static final Thresholds AT_50 = at(0);
        public static final Thresholds AT_75 = at(5);

        public static Thresholds at(int position) {
            return new Thresholds(position, position);
        }
    }

    private static final class Mean {
        private double sum;
        private long count;

        void add(double value) {
            if (value > NOTHING) {
                sum += value;
                count++;
            }
        }

        double value() {
            return count == 0 ? NOTHING : sum / count;
        }
    }
}
