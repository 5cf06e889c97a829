package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.Task;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/** How many samples of each task a batch holds: one at least, and beyond that as an epoch shares them out. */
final class TaskShares {
    private TaskShares() {}

    /**
     * Each place goes to the task that is shortest of its share.
     *
     * @param epoch samples of an epoch by task, more than 0 each
     */
    static Map<Task, Integer> of(Map<Task, Integer> epoch, int batchSize) {
        if (batchSize < epoch.size()) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "data loader: wanted at least " + epoch.size() + " pictures a batch, one for each of the tasks "
                            + epoch.keySet() + ", got " + batchSize);
        }
        double all = epoch.values().stream().mapToInt(Integer::intValue).sum();
        Map<Task, Integer> counts = new EnumMap<>(Task.class);
        epoch.keySet().forEach(task -> counts.put(task, 1));
        for (int given = epoch.size(); given < batchSize; given++) {
            Task shortest = epoch.keySet().stream()
                    .max(Comparator.comparingDouble(
                            task -> batchSize * epoch.getOrDefault(task, 0) / all - counts.getOrDefault(task, 0)))
                    .orElseThrow();
            counts.merge(shortest, 1, Integer::sum);
        }
        return counts;
    }
}
