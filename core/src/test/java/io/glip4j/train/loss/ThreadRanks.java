package io.glip4j.train.loss;

import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.distributed.GradientAveraging;
import io.glip4j.torch.distributed.Ranks;
import io.glip4j.torch.distributed.Traffic;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Ranks that are threads of one process and exchange what they have through an array. */
final class ThreadRanks implements Ranks {
    private final int rank;
    private final Tensor[] slots;
    private final CyclicBarrier barrier;

    private ThreadRanks(int rank, Tensor[] slots, CyclicBarrier barrier) {
        this.rank = rank;
        this.slots = slots;
        this.barrier = barrier;
    }

    static List<ThreadRanks> of(int count) {
        Tensor[] slots = new Tensor[count];
        CyclicBarrier barrier = new CyclicBarrier(count);
        return IntStream.range(0, count)
                .mapToObj(rank -> new ThreadRanks(rank, slots, barrier))
                .toList();
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int count() {
        return slots.length;
    }

    @Override
    public Tensor gather(Tensor local) {
        slots[rank] = local.detach();
        await();
        Tensor all = Tensors.stack(0, slots.clone());
        await();
        return all;
    }

    @Override
    public double[] sums(double... values) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void copyFromFirst(Parameters parameters) {
        throw new UnsupportedOperationException();
    }

    @Override
    public GradientAveraging averaging(Parameters parameters) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onFirst(String what, Runnable action) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Traffic traffic() {
        return Traffic.NONE;
    }

    @Override
    public void close() {}

    private void await() {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
