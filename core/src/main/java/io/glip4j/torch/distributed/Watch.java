package io.glip4j.torch.distributed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;

/**
 * Signs of life of all ranks, kept where they meet: each counts up from a thread of its own, beside the number of
 * exchanges it has entered. Says, when an exchange fails, who did not take part.
 */
final class Watch implements AutoCloseable {
    private static final long BEAT_MILLIS = 1_000;
    private static final long OBSERVED_MILLIS = 5 * BEAT_MILLIS;
    private static final String BEAT = "glip4j/beat/";
    private static final String EXCHANGES = "glip4j/exchanges/";

    private final RankPlace place;
    private final AtomicLong exchanges = new AtomicLong();
    private final Thread beating;
    private volatile boolean closed;

    Watch(RankPlace place) {
        this.place = place;
        this.beating = new Thread(this::beat, "glip4j-rank-" + place.rank());
        beating.setDaemon(true);
        beating.start();
    }

    /** A connection to where the ranks meet; rank 0's first one opens it to the others. */
    static Store connect(RankPlace place, boolean server) {
        TCPStoreOptions options = new TCPStoreOptions();
        options.port((short) place.port());
        options.isServer(server);
        options.waitWorkers(false);
        options.timeout(new Milliseconds(place.patience().toMillis()));
        return new TCPStore(place.host(), options);
    }

    /** Counts an exchange this rank enters. */
    void entered() {
        exchanges.incrementAndGet();
    }

    private void beat() {
        try (Store store = connect(place, false)) {
            long told = 0;
            while (!closed) {
                store.add(BEAT + place.rank(), 1);
                long now = exchanges.get();
                store.add(EXCHANGES + place.rank(), now - told);
                told = now;
                Thread.sleep(BEAT_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException rankZeroIsGone) {
            closed = true; // the exchange under way fails too and says so
        }
    }

    /** Which rank is at fault and how that shows; takes a few seconds. */
    String missing() {
        try (Store store = connect(place, false)) {
            long[] before = counts(rank -> store.add(BEAT + rank, 0));
            Thread.sleep(OBSERVED_MILLIS);
            long[] after = counts(rank -> store.add(BEAT + rank, 0));
            List<Integer> silent = new ArrayList<>();
            for (int rank = 0; rank < place.count(); rank++) {
                if (after[rank] == before[rank] && rank != place.rank()) {
                    silent.add(rank);
                }
            }
            if (!silent.isEmpty()) {
                return name(silent) + " without a sign of life";
            }
            long[] entered = counts(rank -> store.add(EXCHANGES + rank, 0));
            long most = Long.MIN_VALUE;
            long least = Long.MAX_VALUE;
            for (long count : entered) {
                most = Math.max(most, count);
                least = Math.min(least, count);
            }
            List<Integer> behind = new ArrayList<>();
            for (int rank = 0; rank < place.count(); rank++) {
                if (entered[rank] == least && least < most) {
                    behind.add(rank);
                }
            }
            return behind.isEmpty()
                    ? "a connection that broke while all ranks live"
                    : name(behind) + " hanging, at exchange " + least + " while others are at " + most;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "an interruption";
        } catch (RuntimeException noMeetingPoint) {
            return name(List.of(0)) + " gone, where the others meet";
        }
    }

    private long[] counts(LongUnaryOperator count) {
        long[] all = new long[place.count()];
        for (int rank = 0; rank < all.length; rank++) {
            all[rank] = count.applyAsLong(rank);
        }
        return all;
    }

    private static String name(List<Integer> ranks) {
        return (ranks.size() == 1 ? "rank " : "ranks ")
                + String.join(", ", ranks.stream().map(String::valueOf).toList());
    }

    @Override
    public void close() {
        closed = true;
        beating.interrupt();
    }
}
