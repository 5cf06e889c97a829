package io.glip4j.torch.distributed;

import java.util.List;
import org.bytedeco.pytorch.BoolVector;
import org.bytedeco.pytorch.ProcessGroup;
import org.bytedeco.pytorch.Reducer;
import org.bytedeco.pytorch.SizeTStringMap;
import org.bytedeco.pytorch.SizeTVector;
import org.bytedeco.pytorch.SizeTVectorVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch's reducer: gradients are joined into buckets, and a bucket is averaged as soon as the backward pass has
 * filled it, while the pass goes on. Parameters that a pass does not reach on any rank stay without gradient.
 */
final class BucketedAveraging implements GradientAveraging {
    private static final long MEBIBYTE = 1 << 20;
    private static final long FIRST_BUCKET = MEBIBYTE;
    private static final long BUCKET = 25 * MEBIBYTE;

    private final ProcessRanks ranks;
    private final Reducer reducer;
    private final long bytes;

    BucketedAveraging(List<Tensor> parameters, ProcessGroup group, ProcessRanks ranks) {
        this.ranks = ranks;
        this.bytes = parameters.stream().mapToLong(Tensor::nbytes).sum();
        TensorVector all = new TensorVector(parameters.toArray(Tensor[]::new));
        SizeTVectorVector buckets = torch.compute_bucket_assignment_by_size(all, new SizeTVector(FIRST_BUCKET, BUCKET))
                .get0();
        boolean[] sparse = new boolean[parameters.size()];
        boolean findUnreached = true;
        boolean gradientsAreViews = false;
        boolean skipUnreached = false;
        boolean forPython = false;
        this.reducer = new Reducer(
                all,
                buckets,
                group,
                new BoolVector(sparse),
                BUCKET,
                findUnreached,
                gradientsAreViews,
                new SizeTStringMap(),
                FIRST_BUCKET,
                skipUnreached,
                forPython);
    }

    @Override
    public void backward(Tensor loss) {
        ranks.exchange(() -> {
            reducer.prepare_for_backward(new TensorVector(loss));
            loss.backward();
            return true;
        });
        ranks.countGradients(bytes);
    }

    @Override
    public void close() {
        reducer.close();
    }
}
