package io.glip4j.model.encoder;

import io.glip4j.torch.Attention;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Self-attention within windows of L = w*w positions, with a learned bias for every relative position (Liu et al.
 * 2021); H heads of D channels.
 */
final class WindowAttention {
    private final int heads;
    private final double scale;
    private final int length;
    private final long[] relativePositions;
    private final Tensor biasTable; // ((2w-1)^2, H)
    private final Linear queryKeyValue;
    private final Linear out;

    WindowAttention(Parameters parameters, int channels, int heads, int window) {
        this.heads = heads;
        this.scale = Math.sqrt((double) heads / channels);
        this.length = window * window;
        this.relativePositions = Windows.relativePositions(window);
        long side = 2L * window - 1;
        this.biasTable =
                parameters.register("relative_position_bias_table", SwinEncoder.INITIALIZER, side * side, heads);
        this.queryKeyValue = Linear.withBias(parameters.at("qkv"), SwinEncoder.INITIALIZER, channels, 3L * channels);
        this.out = Linear.withBias(parameters.at("proj"), SwinEncoder.INITIALIZER, channels, channels);
    }

    /**
     * K windows of each of N maps.
     *
     * @param windows (N*K, L, C)
     * @param mask (K, L, L) to add to the scores, or null for none
     * @return (N*K, L, C)
     */
    Tensor forward(Tensor windows, @Nullable Tensor mask) {
        long count = windows.size(0);
        Tensor parts = queryKeyValue
                .forward(windows) // (N*K, L, 3C)
                .view(count, length, 3, heads, windows.size(2) / heads)
                .permute(2, 0, 3, 1, 4); // (3, N*K, H, L, D)
        Tensor query = Tensors.times(parts.select(0, 0), scale); // (N*K, H, L, D)
        Tensor key = parts.select(0, 1); // (N*K, H, L, D)
        Tensor value = parts.select(0, 2); // (N*K, H, L, D)
        Tensor scores = query.matmul(key.transpose(2, 3)).add(positionBias()); // (N*K, H, L, L)
        if (mask != null) {
            scores = scores.view(-1, mask.size(0), heads, length, length)
                    .add(mask.unsqueeze(1))
                    .view(count, heads, length, length);
        }
        return out.forward(Attention.mergeHeads(torch.softmax(scores, 3).matmul(value))); // (N*K, L, C)
    }

    /** (H, L, L) */
    private Tensor positionBias() {
        Tensor indices = Tensors.of(relativePositions, (long) length * length);
        return biasTable.index_select(0, indices).view(length, length, heads).permute(2, 0, 1);
    }
}
