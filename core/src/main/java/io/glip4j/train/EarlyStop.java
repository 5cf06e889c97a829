package io.glip4j.train;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.Map;

/** Keeps the best of the weights that are measured while a network is trained, and stops when no better ones come. */
public final class EarlyStop implements Evaluation {
    private final Evaluation measure;
    private final String number;
    private final int patience;
    private final Runnable keep;
    private final Runnable stop;
    private double best = Double.NEGATIVE_INFINITY;
    private int bestStep;
    private int since;

    /**
     * Starts without a best.
     *
     * @param number of those that {@code measure} gives; the larger the better
     * @param patience how many measurements in a row may be no better, at least 1
     * @param keep called when the weights are the best so far
     * @param stop called when patience is at its end
     */
    public EarlyStop(Evaluation measure, String number, int patience, Runnable keep, Runnable stop) {
        if (patience < 1) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "tuning: wanted a patience of at least 1 measurement, got " + patience);
        }
        this.measure = measure;
        this.number = number;
        this.patience = patience;
        this.keep = keep;
        this.stop = stop;
    }

    @Override
    public Map<String, Double> evaluate(int stepsDone) {
        Map<String, Double> numbers = measure.evaluate(stepsDone);
        double value = numbers.getOrDefault(number, Double.NEGATIVE_INFINITY);
        if (value > best) {
            best = value;
            bestStep = stepsDone;
            since = 0;
            keep.run();
        } else if (++since >= patience) {
            stop.run();
        }
        return numbers;
    }

    /** The largest number, negative infinity where nothing was measured. */
    public double best() {
        return best;
    }

    /** The step of the weights it was measured with. */
    public int bestStep() {
        return bestStep;
    }
}
