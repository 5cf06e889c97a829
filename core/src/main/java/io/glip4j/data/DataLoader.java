package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes batches ahead of the training loop on threads of its own.
 *
 * <p>Batch {@code n} is the same whatever the number of threads and wherever the loader started: everything random in it
 * follows from (seed, epoch, place in the run). To resume, start at the number of the next batch.
 */
public final class DataLoader implements AutoCloseable {
    private static final AtomicInteger LOADERS = new AtomicInteger();
    private static final int MOST_TRIES = 100;
    private static final Set<ErrorCode> BAD_SAMPLE = EnumSet.of(
            ErrorCode.UNREADABLE_PICTURE,
            ErrorCode.PICTURE_TOO_LARGE,
            ErrorCode.BAD_ANNOTATIONS,
            ErrorCode.UNREADABLE_FILE);

    /**
     * How a loader works.
     *
     * @param threads that decode and augment
     * @param batchesAhead made before they are asked for
     * @param share which part of each global batch is made here
     */
    public record Config(long seed, int batchSize, int threads, int batchesAhead, Share share) {
        /** Whole batches. */
        public Config(long seed, int batchSize, int threads, int batchesAhead) {
            this(seed, batchSize, threads, batchesAhead, Share.WHOLE);
        }

        public Config {
            if (batchSize < 1 || threads < 1 || batchesAhead < 1) {
                throw new GlipException(
                        ErrorCode.BAD_ARGUMENT,
                        "data loader: wanted batchSize, threads and batchesAhead of at least 1, got " + batchSize + ", "
                                + threads + " and " + batchesAhead);
            }
        }
    }

    /** Part {@code rank} of {@code ranks} equal parts of a global batch of {@code ranks * batchSize} pictures. */
    public record Share(int rank, int ranks) {
        public static final Share WHOLE = new Share(0, 1);
    }

    private final Mixture mixture;
    private final ExampleMaker maker;
    private final Config config;
    private final BatchPlan plan;
    private final ExecutorService workers;
    private final Deque<List<Future<TrainingExample>>> ahead = new ArrayDeque<>();
    private final Set<Integer> leftOut = ConcurrentHashMap.newKeySet();
    private int nextToMake;
    private long waitedNanos;

    /** A loader whose first batch is {@code firstBatch}, counted from 0 over the whole run. */
    public DataLoader(Mixture mixture, ExampleMaker maker, Config config, int firstBatch) {
        this.mixture = mixture;
        this.maker = maker;
        this.config = config;
        this.plan = new BatchPlan(
                mixture, config.seed(), config.batchSize(), config.share().ranks());
        this.nextToMake = firstBatch;
        int number = LOADERS.incrementAndGet();
        AtomicInteger threads = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(config.threads(), task -> {
            Thread thread = new Thread(task, "glip4j-data-" + number + "-" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Batches of an epoch. */
    public int batchesPerEpoch() {
        return plan.batchesPerEpoch();
    }

    /** The next batch; waits for it where it is not ready. An error in making it is thrown here. */
    public List<TrainingExample> next() {
        while (ahead.size() <= config.batchesAhead()) {
            ahead.addLast(submit(nextToMake++));
        }
        List<TrainingExample> batch = new ArrayList<>();
        long before = System.nanoTime();
        for (Future<TrainingExample> example : ahead.removeFirst()) {
            batch.add(finished(example));
        }
        waitedNanos += System.nanoTime() - before;
        return batch;
    }

    /** Time {@link #next} has spent waiting so far, in nanoseconds. */
    public long waitedNanos() {
        return waitedNanos;
    }

    private List<Future<TrainingExample>> submit(int batch) {
        List<Future<TrainingExample>> examples = new ArrayList<>();
        int[] numbers = plan.batch(batch);
        int first = config.batchSize() * config.share().rank();
        for (int place = first; place < first + config.batchSize(); place++) {
            int number = numbers[place];
            int placed = place;
            examples.add(workers.submit(() -> make(number, batch, placed)));
        }
        return examples;
    }

    /** A sample that cannot be used is left out for another of its data set, the same one in every run. */
    private TrainingExample make(int wanted, int batch, int place) {
        SplittableRandom random = Seeds.random(config.seed(), plan.epochOf(batch), batch, place);
        int number = wanted;
        for (int tries = 1; ; tries++) {
            try {
                return maker.make(mixture.sample(number), random);
            } catch (GlipException bad) {
                if (!BAD_SAMPLE.contains(bad.code()) || tries == MOST_TRIES) {
                    throw bad;
                }
                if (leftOut.add(number)) {
                    mixture.part(number).bad().add(bad);
                }
                random = Seeds.random(config.seed(), plan.epochOf(batch), batch, place, tries);
                number = mixture.another(number, random);
            }
        }
    }

    private static TrainingExample finished(Future<TrainingExample> example) {
        try {
            return example.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GlipException(ErrorCode.INTERNAL, "data loader: interrupted while waiting for a batch", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GlipException known) {
                throw new GlipException(known.code(), String.valueOf(known.getMessage()), known);
            }
            throw new GlipException(
                    ErrorCode.INTERNAL, "data loader: an example could not be made: " + e.getCause(), e);
        }
    }

    /** Stops the threads; batches not yet taken are lost. */
    @Override
    public void close() {
        workers.shutdownNow();
        ahead.clear();
    }
}
