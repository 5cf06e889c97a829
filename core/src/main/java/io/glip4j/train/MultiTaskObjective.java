package io.glip4j.train;

import io.glip4j.data.TrainingExample;
import io.glip4j.model.Task;
import io.glip4j.train.loss.Losses;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Several tasks in one batch: the examples of each go through the network by its own objective, and the weighted losses
 * are added up, so that one step of the solver learns them all. Every rank's batch holds the same tasks.
 */
public final class MultiTaskObjective implements Objective {
    private final Map<Task, Objective> objectives;
    private final TaskWeights weights;

    public MultiTaskObjective(Map<Task, Objective> objectives, TaskWeights weights) {
        this.objectives = new EnumMap<>(objectives);
        this.weights = weights;
    }

    @Override
    public Losses of(List<TrainingExample> batch, long seed) {
        Losses all = new Losses(Map.of());
        for (Map.Entry<Task, Objective> objective : objectives.entrySet()) {
            Task task = objective.getKey();
            List<TrainingExample> ofTask =
                    batch.stream().filter(example -> example.task() == task).toList();
            if (!ofTask.isEmpty()) {
                all = all.and(objective.getValue().of(ofTask, seed));
            }
        }
        return all.weighted(term -> weights.of(term.task()));
    }
}
