package io.glip4j.torch.distributed;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.AllgatherOptions;
import org.bytedeco.pytorch.BackendOptional;
import org.bytedeco.pytorch.BroadcastOptions;
import org.bytedeco.pytorch.ProcessGroup;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.StringVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.bytedeco.pytorch.global.torch;

/**
 * Several processes on one or many machines, over libtorch's process group with Gloo. Where one of them is lost, the
 * others fail within a minute and say which. For one thread.
 */
public final class ProcessRanks implements Ranks {
    private static final String DONE = "glip4j/done/";
    private static final String FAREWELL = "glip4j/farewell";
    private static final long POLL_MILLIS = 20;

    private final RankPlace place;
    private final Store store;
    private final ProcessGroup group;
    private final Watch watch;
    private Traffic traffic = Traffic.NONE;
    private long doneByFirst;
    private boolean failed;

    private ProcessRanks(RankPlace place, Store store, ProcessGroup group) {
        this.place = place;
        this.store = store;
        this.group = group;
        this.watch = new Watch(place);
    }

    /**
     * Meets the other ranks.
     *
     * @throws GlipException RANK_LOST if not all of them come in time
     */
    public static Ranks join(RankPlace place) {
        try (TensorScope scope = TensorScope.open()) { // starts libtorch
            scope.keep(torch.zeros(1)).close();
        }
        try {
            Store store = Watch.connect(place, place.rank() == 0);
            ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create(
                    new Milliseconds(place.patience().toMillis()));
            options.devices().push_back(ProcessGroupGloo.createDefaultDevice());
            ProcessGroupGloo gloo = new ProcessGroupGloo(store, place.rank(), place.count(), options);
            ProcessGroup group = new ProcessGroup(place.rank(), place.count());
            group.setBackend(torch.DeviceType.CPU, ProcessGroup.BackendType.GLOO, new BackendOptional(gloo));
            group.setDefaultBackend(ProcessGroup.BackendType.GLOO);
            return new ProcessRanks(place, store, group);
        } catch (RuntimeException e) {
            throw new GlipException(
                    ErrorCode.RANK_LOST,
                    "rank " + place.rank() + ": wanted " + place.count() + " ranks at " + place.host() + ":"
                            + place.port() + " within " + place.patience().toSeconds()
                            + " s, got not all of them; start every rank with the same MASTER_ADDR, MASTER_PORT and"
                            + " WORLD_SIZE",
                    e);
        }
    }

    @Override
    public int rank() {
        return place.rank();
    }

    @Override
    public int count() {
        return place.count();
    }

    @Override
    public Tensor gather(Tensor local) {
        Tensor own = local.detach().contiguous();
        long[] shape = LongStream.concat(LongStream.of(count()), LongStream.of(Tensors.shape(own)))
                .toArray();
        Tensor all = torch.empty(shape).to(own.scalar_type());
        if (own.numel() > 0) {
            // Gloo wants both with the ranks' axis in front.
            exchange(() -> wait(group._allgather_base(all, own.unsqueeze(0), new AllgatherOptions())));
            traffic = traffic.withGathered(own.nbytes());
        }
        return all;
    }

    @Override
    public double[] sums(double... values) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor tensor = torch.zeros(values.length).to(torch.ScalarType.Double);
            try (DoublePointer data = tensor.data_ptr_double()) {
                data.put(values);
                exchange(() -> wait(group.allreduce(new TensorVector(tensor))));
                double[] sums = new double[values.length];
                data.get(sums);
                return sums;
            }
        }
    }

    @Override
    public void copyFromFirst(Parameters parameters) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            for (Tensor parameter : parameters.byName().values()) {
                Tensor values = parameter.detach();
                exchange(() -> wait(group.broadcast(new TensorVector(values), new BroadcastOptions())));
            }
        }
    }

    @Override
    public GradientAveraging averaging(Parameters parameters) {
        List<Tensor> trained = parameters.byName().values().stream()
                .filter(Tensor::requires_grad)
                .toList();
        return new BucketedAveraging(trained, group, this);
    }

    @Override
    public void onFirst(String what, Runnable action) {
        String done = DONE + doneByFirst++;
        if (place.rank() == 0) {
            action.run();
            exchange(() -> store.add(done, 1));
            return;
        }
        exchange(() -> {
            try (StringVector key = new StringVector(done)) {
                while (!store.check(key)) {
                    Thread.sleep(POLL_MILLIS);
                }
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new GlipException(ErrorCode.INTERNAL, "interrupted while rank 0 was at: " + what, e);
            }
        });
    }

    @Override
    public Traffic traffic() {
        return traffic;
    }

    void countGradients(long bytes) {
        traffic = traffic.withGradient(bytes);
    }

    /** Does something with the other ranks; where that fails, says which of them is missing. */
    <T> T exchange(Supplier<T> action) {
        watch.entered();
        try {
            return action.get();
        } catch (GlipException known) {
            throw known;
        } catch (RuntimeException e) {
            failed = true;
            throw new GlipException(
                    ErrorCode.RANK_LOST,
                    "rank " + place.rank() + ": wanted all " + place.count() + " ranks to go on together, got "
                            + watch.missing()
                            + "; the same command again goes on from the last checkpoint",
                    e);
        }
    }

    private static boolean wait(Work work) {
        return work._wait();
    }

    /** Rank 0, where the others meet, leaves last. */
    @Override
    public void close() {
        if (!failed) {
            long deadline = System.nanoTime() + place.patience().toNanos();
            try {
                long gone = store.add(FAREWELL, 1);
                while (place.rank() == 0 && gone < count() && System.nanoTime() < deadline) {
                    Thread.sleep(POLL_MILLIS);
                    gone = store.add(FAREWELL, 0);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException alreadyGone) {
                failed = true;
            }
        }
        watch.close();
        group.close();
        store.close();
    }
}
