package io.glip4j.torch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;

/** Plain Java work on as many threads as one operator of libtorch may use ({@link TorchRuntime#threads}). */
public final class Parallel {
    private static final Map<Integer, ForkJoinPool> POOLS = new ConcurrentHashMap<>();

    private Parallel() {}

    /** Work on the indices from {@code from} up to {@code to}. */
    @FunctionalInterface
    public interface Piece {
        void run(int from, int to);
    }

    /** Does 0 up to {@code count} in pieces of at most {@code size}, in any order, and waits for all of them. */
    public static void pieces(int count, int size, Piece work) {
        int threads = TorchRuntime.threads();
        if (threads == 1 || count <= size) {
            for (int from = 0; from < count; from += size) {
                work.run(from, Math.min(count, from + size));
            }
            return;
        }
        POOLS.computeIfAbsent(threads, parallelism -> new ForkJoinPool(parallelism))
                .invoke(new Half(0, count, size, work));
    }

    private static final class Half extends RecursiveAction {
        private static final long serialVersionUID = 1;

        private final int from;
        private final int to;
        private final int size;
        private final transient Piece work;

        Half(int from, int to, int size, Piece work) {
            this.from = from;
            this.to = to;
            this.size = size;
            this.work = work;
        }

        @Override
        protected void compute() {
            if (to - from <= size) {
                work.run(from, to);
                return;
            }
            int middle = from + Math.max(1, (to - from) / size / 2) * size;
            invokeAll(new Half(from, middle, size, work), new Half(middle, to, size, work));
        }
    }
}
