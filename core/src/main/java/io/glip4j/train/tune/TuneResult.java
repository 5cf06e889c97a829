package io.glip4j.train.tune;

import io.glip4j.train.TuningMode;
import java.util.Map;

/**
 * What one run came to.
 *
 * @param mode its label
 * @param shots pictures of each class, 0 for all
 * @param step of the best weights
 * @param ap box AP of the best weights on the validation set
 * @param others box AP of the tuned model on each other set; empty where the model stays as it is
 */
public record TuneResult(String mode, int shots, int seed, int step, double ap, Map<String, Double> others) {
    public TuneResult {
        others = Map.copyOf(others);
    }

    static TuneResult of(TuneRun run, int step, double ap, Map<String, Double> others) {
        return new TuneResult(run.mode().label(), run.shots(), run.seed(), step, ap, others);
    }

    boolean of(TuningMode tuning, int count) {
        return mode.equals(tuning.label()) && shots == count;
    }
}
