package io.glip4j.train;

import java.nio.file.Path;
import java.util.Map;

/** Watches a run: progress bars, curves, logs. Called on the training thread. */
public interface TrainingListener {
    /** Before the first step. */
    default void started(int stepsDone, int steps) {}

    default void step(StepReport report) {}

    default void evaluated(int stepsDone, Map<String, Double> numbers) {}

    default void saved(int stepsDone, Path checkpoint) {}
}
