package io.glip4j.data;

import io.glip4j.input.ImageSize;
import io.glip4j.model.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which samples make up batch {@code step}: every epoch gives the same number of batches, so any step is found without
 * playing the run from its start. All batches hold the tasks in the same numbers. Wide and tall pictures are kept apart
 * as far as they go into full batches, as the pictures of a task are padded to their largest sides.
 */
final class BatchPlan {
    private final Mixture mixture;
    private final long seed;
    private final int ranks;
    private final Map<Task, Integer> tasks;
    private final int batchesPerEpoch;
    private int plannedEpoch = -1;
    private List<int[]> planned = List.of();

    /** Batches of {@code batchSize} samples for each of {@code ranks} ranks. */
    BatchPlan(Mixture mixture, long seed, int batchSize, int ranks) {
        this.mixture = mixture;
        this.seed = seed;
        this.ranks = ranks;
        this.tasks = TaskShares.of(mixture.epochTasks(), batchSize);
        this.batchesPerEpoch = Math.max(1, mixture.epochSize() / (batchSize * ranks));
    }

    int batchesPerEpoch() {
        return batchesPerEpoch;
    }

    int epochOf(int step) {
        return step / batchesPerEpoch;
    }

    /** Sample numbers of a batch, rank by rank; what does not fill a batch at an epoch's end is left out. */
    synchronized int[] batch(int step) {
        int epoch = epochOf(step);
        if (epoch != plannedEpoch) {
            planned = plan(mixture.epoch(seed, epoch));
            plannedEpoch = epoch;
        }
        return planned.get(step % batchesPerEpoch);
    }

    private List<int[]> plan(int[] order) {
        Map<Task, List<Integer>> ofTask = new HashMap<>();
        for (int number : order) {
            ofTask.computeIfAbsent(mixture.task(number), task -> new ArrayList<>())
                    .add(number);
        }
        Map<Task, List<int[]>> groups = new HashMap<>();
        tasks.forEach((task, count) -> groups.put(task, groups(ofTask.getOrDefault(task, List.of()), count * ranks)));
        List<int[]> batches = new ArrayList<>();
        for (int step = 0; step < batchesPerEpoch; step++) {
            List<Integer> batch = new ArrayList<>();
            for (int rank = 0; rank < ranks; rank++) {
                for (Map.Entry<Task, Integer> task : tasks.entrySet()) {
                    List<int[]> all = groups.getOrDefault(task.getKey(), List.of());
                    int[] group = all.get(step % all.size());
                    int count = task.getValue();
                    for (int place = rank * count; place < (rank + 1) * count; place++) {
                        batch.add(group[place]);
                    }
                }
            }
            batches.add(toArray(batch));
        }
        return batches;
    }

    /** Samples of one task in groups of one size and, as far as they go, one orientation. */
    private List<int[]> groups(List<Integer> order, int size) {
        int count = Math.max(1, order.size() / size);
        List<int[]> groups = new ArrayList<>();
        List<Integer> wide = new ArrayList<>();
        List<Integer> tall = new ArrayList<>();
        for (int number : order) {
            ImageSize picture = mixture.pictureSize(number);
            List<Integer> same = picture.width() >= picture.height() ? wide : tall;
            same.add(number);
            if (same.size() == size) {
                groups.add(toArray(same));
                same.clear();
            }
        }
        wide.addAll(tall);
        for (int i = 0; groups.size() < count; i++) {
            wide.add(wide.get(i));
            if (wide.size() >= size) {
                groups.add(toArray(wide.subList(0, size)));
            }
        }
        return groups;
    }

    private static int[] toArray(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
