package io.glip4j.train;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.Task;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the losses of each task are multiplied by before they are added up.
 *
 * @param byTask above 0; 1 where there is none
 */
public record TaskWeights(Map<Task, Double> byTask) {
    public static final TaskWeights EVEN = new TaskWeights(Map.of());

    public TaskWeights {
        byTask.forEach((task, weight) -> {
            if (!(weight > 0 && Double.isFinite(weight))) {
                throw new GlipException(
                        ErrorCode.BAD_ARGUMENT,
                        "training: wanted a weight above 0 for the task " + task + ", got " + weight);
            }
        });
        Map<Task, Double> ordered = new EnumMap<>(Task.class);
        ordered.putAll(byTask);
        byTask = Collections.unmodifiableMap(ordered);
    }

    double of(Task task) {
        return byTask.getOrDefault(task, 1.0);
    }
}
