package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.input.ImageSize;
import io.glip4j.model.Task;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

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
     * @param bad its samples that were and will be left out
     */
    public record Part(GroundingDataset dataset, double repeat, BadRecordLog bad) {
        /** A data set of which nothing may be left out. */
        public Part(GroundingDataset dataset, double repeat) {
            this(dataset, repeat, new BadRecordLog(BadRecords.REFUSE));
        }

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

    private static final int DIGESTED = 32;

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
        long samples = parts.stream().mapToLong(part -> part.dataset().size()).sum();
        long shown = parts.stream().mapToLong(Part::samples).sum();
        if (Math.max(samples, shown) > Integer.MAX_VALUE) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "mixture: wanted at most 2^31 - 1 samples in it and in an epoch, got " + samples + " and " + shown);
        }
        this.epochSize = (int) shown;
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
        return place(number).part.dataset().task();
    }

    /** Sample {@code number} of all data sets laid end to end. */
    public GroundingSample sample(int number) {
        Place place = place(number);
        return place.part.dataset().sample(place.index);
    }

    /** Size of a sample's picture. */
    public ImageSize pictureSize(int number) {
        Place place = place(number);
        return place.part.dataset().pictureSize(place.index);
    }

    /** The part a sample is of. */
    Part part(int number) {
        return place(number).part;
    }

    /** Another sample of the same part, drawn; the same one if the part has no other. */
    int another(int number, SplittableRandom random) {
        Place place = place(number);
        int size = place.part.dataset().size();
        int first = number - place.index;
        return size == 1 ? number : first + (place.index + 1 + random.nextInt(size - 1)) % size;
    }

    /**
     * A checksum over samples spread over each part: their sizes, boxes and words. It changes when a data set does, not
     * when it moves.
     */
    public String digest() {
        CRC32 checksum = new CRC32();
        for (Part part : parts) {
            int size = part.dataset().size();
            for (int i = 0; i < Math.min(size, DIGESTED); i++) {
                GroundingSample sample = part.dataset().sample((int) ((long) i * size / Math.min(size, DIGESTED)));
                String text = sample.width() + " " + sample.height() + " " + sample.boxes() + " "
                        + sample.text().described();
                checksum.update(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return Long.toHexString(checksum.getValue());
    }

    private record Place(Part part, int index) {}

    private Place place(int number) {
        int left = number;
        for (Part part : parts) {
            if (left < part.dataset().size()) {
                return new Place(part, left);
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
