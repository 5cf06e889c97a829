package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.input.ImageSize;
import java.util.ArrayList;
import java.util.List;

/**
 * Which samples make up batch {@code step}: every epoch gives the same number of batches, so any step is found without
 * playing the run from its start. Wide and tall pictures are kept apart as far as they go into full batches, as a batch
 * is padded to its largest sides.
 */
final class BatchPlan {
    private final Mixture mixture;
    private final long seed;
    private final int batchSize;
    private final int batchesPerEpoch;
    private int plannedEpoch = -1;
    private List<int[]> planned = List.of();

    BatchPlan(Mixture mixture, long seed, int batchSize) {
        if (batchSize < 1) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "data loader: wanted at least 1 picture a batch, got " + batchSize);
        }
        this.mixture = mixture;
        this.seed = seed;
        this.batchSize = batchSize;
        this.batchesPerEpoch = Math.max(1, mixture.epochSize() / batchSize);
    }

    int batchesPerEpoch() {
        return batchesPerEpoch;
    }

    int epochOf(int step) {
        return step / batchesPerEpoch;
    }

    /** Sample numbers of a batch; what does not fill a batch at an epoch's end is left out. */
    synchronized int[] batch(int step) {
        int epoch = epochOf(step);
        if (epoch != plannedEpoch) {
            planned = plan(mixture.epoch(seed, epoch));
            plannedEpoch = epoch;
        }
        return planned.get(step % batchesPerEpoch);
    }

    private List<int[]> plan(int[] order) {
        List<int[]> batches = new ArrayList<>();
        List<Integer> wide = new ArrayList<>();
        List<Integer> tall = new ArrayList<>();
        for (int number : order) {
            ImageSize size = mixture.pictureSize(number);
            List<Integer> group = size.width() >= size.height() ? wide : tall;
            group.add(number);
            if (group.size() == batchSize) {
                batches.add(toArray(group));
                group.clear();
            }
        }
        wide.addAll(tall);
        for (int i = 0; batches.size() < batchesPerEpoch; i++) {
            wide.add(wide.get(i));
            if (wide.size() >= batchSize) {
                batches.add(toArray(wide.subList(0, batchSize)));
            }
        }
        return batches;
    }

    private static int[] toArray(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
