package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.Task;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Several data sets as one, each with its share, and the order in which an epoch walks through them.
 *
 * <p>An epoch takes {@code round(size * repeat)} samples of each part: whole rounds of it, and for the rest a draw
 * without replacement. Which samples and in which order follows from (seed, epoch) alone.
 */
public final class Mixture {
    /**
     * One data set of a mixture.
     *
     * @param repeat how often an epoch shows each of its samples; 0.5 shows every other one
     */
    public record Part(GroundingDataset dataset, double repeat) {
        public Part {
            if (!(repeat > 0) || !Double.isFinite(repeat)) {
                throw new GlipException(
                        ErrorCode.BAD_ARGUMENT,
                        "mixture: wanted a repeat factor above 0 for " + dataset.name() + ", got " + repeat);
            }
        }

        private int samples() {
            return Math.toIntExact(Math.max(1, Math.round(dataset.size() * repeat)));
        }
    }

    private final List<Part> parts;
    private final int epochSize;

    /** Puts data sets together; each must have samples. */
    public Mixture(List<Part> parts) {
        this.parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "mixture: wanted at least one data set, got none");
        }
        for (Part part : parts) {
            if (part.dataset().size() == 0) {
                throw new GlipException(
                        ErrorCode.BAD_ANNOTATIONS,
                        part.dataset().name() + ": wanted at least one picture with an annotated object, got none");
            }
        }
        this.epochSize = parts.stream().mapToInt(Part::samples).sum();
    }

    /** One data set, each sample once an epoch. */
    public static Mixture of(GroundingDataset dataset) {
        return new Mixture(List.of(new Part(dataset, 1)));
    }

    /** Samples of an epoch, the same in each. */
    public int epochSize() {
        return epochSize;
    }

    public List<Part> parts() {
        return parts;
    }

    /** Samples of an epoch by what is learned from them. */
    public Map<Task, Integer> epochTasks() {
        Map<Task, Integer> tasks = new EnumMap<>(Task.class);
        parts.forEach(part -> tasks.merge(part.dataset().task(), part.samples(), Integer::sum));
        return tasks;
    }

    /** What is learned from sample {@code number}. */
    public Task task(int number) {
        return place(number).dataset().task();
    }

    /** Sample {@code number} of all data sets laid end to end. */
    public GroundingSample sample(int number) {
        Place place = place(number);
        return place.dataset().sample(place.index());
    }

    private record Place(GroundingDataset dataset, int index) {}

    private Place place(int number) {
        int left = number;
        for (Part part : parts) {
            if (left < part.dataset().size()) {
                return new Place(part.dataset(), left);
            }
            left -= part.dataset().size();
        }
        throw new IndexOutOfBoundsException("sample " + number);
    }

    /** The numbers of an epoch's samples in the order they are shown. */
    public int[] epoch(long seed, int epoch) {
        int[] chosen = new int[epochSize];
        int count = 0;
        int offset = 0;
        for (int number = 0; number < parts.size(); number++) {
            Part part = parts.get(number);
            SplittableRandom random = Seeds.random(seed, epoch, number);
            int size = part.dataset().size();
            int end = count + part.samples();
            while (count < end) {
                int[] order = Seeds.permutation(size, random);
                for (int i = 0; i < size && count < end; i++) {
                    chosen[count++] = offset + order[i];
                }
            }
            offset += size;
        }
        int[] order = Seeds.permutation(epochSize, Seeds.random(seed, epoch, -1));
        return Arrays.stream(order).map(i -> chosen[i]).toArray();
    }
}
