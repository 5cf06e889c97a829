package io.glip4j.torch.distributed;

import io.glip4j.torch.Parameters;
import org.bytedeco.pytorch.Tensor;

/** One process: nothing is exchanged. */
final class Alone implements Ranks {
    private static final GradientAveraging NOTHING_TO_AVERAGE = new GradientAveraging() {
        @Override
        public void backward(Tensor loss) {
            loss.backward();
        }

        @Override
        public void close() {}
    };

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public Tensor gather(Tensor local) {
        return local.detach().unsqueeze(0);
    }

    @Override
    public double[] sums(double... values) {
        return values.clone();
    }

    @Override
    public void copyFromFirst(Parameters parameters) {}

    @Override
    public GradientAveraging averaging(Parameters parameters) {
        return NOTHING_TO_AVERAGE;
    }

    @Override
    public void onFirst(String what, Runnable action) {
        action.run();
    }

    @Override
    public Traffic traffic() {
        return Traffic.NONE;
    }

    @Override
    public void close() {}
}
