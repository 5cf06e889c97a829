package io.glip4j.model.encoder;

import io.glip4j.model.Mode;
import org.bytedeco.pytorch.Tensor;

/** The block step by step on the whole map. */
final class PlainSwinBlock implements SwinBlock {
    private final SwinBlockWeights weights;
    private final int window;
    private final int shift;
    private final StochasticDepth depth;

    PlainSwinBlock(SwinBlockWeights weights, Config config) {
        this.weights = weights;
        this.window = config.window();
        this.shift = config.shift();
        this.depth = new StochasticDepth(config.dropPath());
    }

    @Override
    public Tensor forward(Tensor map, Tensor shiftMask, Mode mode) {
        Tensor mixed = map.add(branch(attend(weights.attentionNorm.forward(map), shiftMask), mode));
        return mixed.add(branch(weights.mlp(mixed), mode));
    }

    private Tensor attend(Tensor map, Tensor shiftMask) {
        Tensor padded = Windows.roll(Windows.pad(map, window), shift); // (N, H', W', C)
        Tensor windows = Windows.partition(padded, window); // (N*K, L, C)
        Tensor attended = weights.attention.forward(windows, shift > 0 ? shiftMask : null); // (N*K, L, C)
        Tensor merged = Windows.merge(attended, window, padded.size(1), padded.size(2)); // (N, H', W', C)
        return Windows.roll(merged, -shift).narrow(1, 0, map.size(1)).narrow(2, 0, map.size(2)); // (N, H, W, C)
    }

    private Tensor branch(Tensor out, Mode mode) {
        return depth.forward(weights.scaled(out), mode);
    }
}
