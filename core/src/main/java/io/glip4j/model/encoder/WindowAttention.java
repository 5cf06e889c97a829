package io.glip4j.model.encoder;

import io.glip4j.torch.Attention;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Self-attention within windows of L = w*w positions, with a learned bias for every relative position (Liu et al.
 * 2021); H heads of D channels.
 */
final class WindowAttention {
    /** Attention of all windows: query, key and value (N*K, H, L, D) and a mask (K, L, L), or null, to (N*K, H, L, D). */
    private interface Product {
        Tensor apply(Tensor query, Tensor key, Tensor value, @Nullable Tensor mask);
    }

    private final int heads;
    private final double scale;
    private final int length;
    private final long[] relativePositions;
    private final Tensor biasTable; // ((2w-1)^2, H)
    private final Linear queryKeyValue;
    private final Linear out;
    private final Product product;

    WindowAttention(Parameters parameters, int channels, int heads, int window) {
        this.heads = heads;
        this.scale = Math.sqrt((double) heads / channels);
        this.length = window * window;
        this.relativePositions = Windows.relativePositions(window);
        long side = 2L * window - 1;
        this.biasTable =
                parameters.register("relative_position_bias_table", SwinEncoder.INITIALIZER, side * side, heads);
        this.queryKeyValue = Linear.withBias(parameters.at("qkv"), SwinEncoder.INITIALIZER, channels, 3L * channels);
        this.product = parameters.form().rearranged() ? this::fused : this::plain;
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
        Tensor attended =
                product.apply(parts.select(0, 0), parts.select(0, 1), parts.select(0, 2), mask); // (N*K, H, L, D)
        return out.forward(Attention.mergeHeads(attended)); // (N*K, L, C)
    }

    private Tensor plain(Tensor query, Tensor key, Tensor value, @Nullable Tensor mask) {
        long count = query.size(0);
        Tensor scores = Tensors.times(query, scale).matmul(key.transpose(2, 3)).add(positionBias()); // (N*K, H, L, L)
        if (mask != null) {
            scores = scores.view(-1, mask.size(0), heads, length, length)
                    .add(mask.unsqueeze(1))
                    .view(count, heads, length, length);
        }
        return torch.softmax(scores, 3).matmul(value);
    }

    /** The same in one operator of libtorch, which keeps a window's scores in the cache. */
    private Tensor fused(Tensor query, Tensor key, Tensor value, @Nullable Tensor mask) {
        Tensor bias = positionBias().unsqueeze(0); // (1, H, L, L)
        if (mask != null) {
            long pictures = query.size(0) / mask.size(0);
            bias = bias.add(mask.unsqueeze(1)).repeat(pictures, 1, 1, 1); // (N*K, H, L, L)
        }
        return torch.scaled_dot_product_attention(
                Tensors.exact(query),
                Tensors.exact(key),
                Tensors.exact(value),
                new TensorOptional(bias),
                0,
                false,
                new DoubleOptional(scale),
                false);
    }

    /** (H, L, L) */
    private Tensor positionBias() {
        Tensor indices = Tensors.of(relativePositions, (long) length * length);
        return Tensors.exact(biasTable)
                .index_select(0, indices)
                .view(length, length, heads)
                .permute(2, 0, 1);
    }
}
