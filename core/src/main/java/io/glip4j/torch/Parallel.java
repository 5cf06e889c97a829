package io.glip4j.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Independent pieces of inference on as many threads as one operator of libtorch may use
 * ({@link TorchRuntime#threads}). Inside a piece every operator has one thread: pieces that each take all their steps on
 * one core need no barrier after every operator, and keep what they work on in that core's cache.
 */
public final class Parallel {
    private static final Map<Integer, ExecutorService> POOLS = new ConcurrentHashMap<>();

    private Parallel() {}

    /** Work on the indices from {@code from} up to {@code to}. */
    @FunctionalInterface
    public interface Piece {
        void run(int from, int to);
    }

    /**
     * Does 0 up to {@code count} in pieces of at most {@code most}, in any order, each in a tensor scope of its own
     * without gradients, and waits for all of them. In a piece it does its work right there.
     */
    public static void pieces(int count, int most, Piece work) {
        int threads = TorchRuntime.threads();
        int size = balanced(count, most, threads);
        if (threads == 1 || count <= size) {
            for (int from = 0; from < count; from += size) {
                run(work, from, Math.min(count, from + size));
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        Runnable worker = () -> {
            for (int from = next.getAndAdd(size); from < count; from = next.getAndAdd(size)) {
                run(work, from, Math.min(count, from + size));
            }
        };
        ExecutorService pool = POOLS.computeIfAbsent(threads, Parallel::pool);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            running.add(pool.submit(worker));
        }
        running.forEach(Parallel::await);
    }

    /** The largest size of pieces that gives every thread as many. */
    private static int balanced(int count, int most, int threads) {
        int rounds = (int) Math.max(1, (count + (long) most * threads - 1) / ((long) most * threads));
        return Math.max(1, (count + rounds * threads - 1) / (rounds * threads));
    }

    private static void run(Piece work, int from, int to) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            work.run(from, to);
        }
    }

    private static void await(Future<?> worker) {
        boolean interrupted = false;
        while (true) {
            try {
                worker.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // the pieces write to the caller's memory: they must end first
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }

    /** A pool whose threads have one libtorch thread each. */
    private static ExecutorService pool(int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "glip4j");
            thread.setDaemon(true);
            return thread;
        });
        CyclicBarrier allStarted = new CyclicBarrier(threads);
        List<Future<?>> starting = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            starting.add(pool.submit(() -> start(allStarted)));
        }
        starting.forEach(Parallel::await);
        torch.set_num_threads(threads); // what threads yet unborn start with; each thread has a number of its own
        return pool;
    }

    private static void start(CyclicBarrier allStarted) {
        torch.get_num_threads(); // else the first operator would set it again
        torch.set_num_threads(1);
        try {
            allStarted.await(); // so that no thread starts twice
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException("a thread of glip4j was stopped while it started", e);
        }
    }
}
