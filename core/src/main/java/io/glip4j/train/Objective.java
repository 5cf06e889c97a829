package io.glip4j.train;

import io.glip4j.data.TrainingExample;
import io.glip4j.train.loss.Losses;
import java.util.List;

/** What a step minimises: examples through the network to losses, within the trainer's tensor scope. */
@FunctionalInterface
public interface Objective {
    /**
     * Forward pass of one batch.
     *
     * @param seed of what this pass draws beside libtorch's own numbers, the same when a run is resumed
     */
    Losses of(List<TrainingExample> batch, long seed);
}
