package io.glip4j.train;

import io.glip4j.torch.distributed.Traffic;
import io.glip4j.train.loss.LossTerm;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one step did.
 *
 * @param stepsDone steps done with this one
 * @param losses means over the step's passes; empty if one was not finite
 * @param total their sum
 * @param gradientNorm before clipping
 * @param rate the base learning rate of this step
 * @param moved false if a loss or the gradient was not finite and the weights were left as they were
 * @param pictures shown in this step, on all ranks
 * @param traffic of this rank
 * @param waitSeconds spent waiting for data
 * @param seconds the whole step took
 */
public record StepReport(
        int stepsDone,
        int steps,
        Map<LossTerm, Double> losses,
        double total,
        double gradientNorm,
        double rate,
        boolean moved,
        int pictures,
        Traffic traffic,
        double waitSeconds,
        double seconds) {
    public StepReport {
        losses = Collections.unmodifiableMap(new TreeMap<>(losses));
    }
}
