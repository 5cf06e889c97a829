package io.glip4j.model;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.encoder.TokenContext;
import io.glip4j.model.encoder.WordsBefore;
import io.glip4j.torch.Attention;
import io.glip4j.torch.Device;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Keys and values of the words that N texts have so far, in every text layer: what makes one more word cost one word.
 * Each pass with it adds its words. For one thread and without gradients; its tensors belong to the scope it is made in.
 */
public final class WordCache implements WordsBefore {
    private final List<Layer> layers;

    /**
     * Room for texts of a network.
     *
     * @param texts N
     * @param capacity most words of a text
     */
    public WordCache(GlipConfig config, int texts, int capacity, Device device) {
        TextEncoderConfig text = config.textEncoder();
        long[] shape = {texts, text.heads(), capacity, text.width() / text.heads()};
        this.layers = IntStream.range(0, text.layers() + config.fusion().blocks() + config.readingBlocks())
                .mapToObj(layer -> new Layer(device.place(torch.zeros(shape)), device.place(torch.zeros(shape))))
                .toList();
    }

    @Override
    public long count() {
        return layers.get(0).filled;
    }

    @Override
    public TokenContext inLayer(int layer) {
        return layers.get(layer);
    }

    /** Text {@code i} goes on where text {@code rows[i]} was: (N) int64. */
    public void reorder(Tensor rows) {
        layers.forEach(layer -> layer.reorder(rows));
    }

    /** What one layer keeps; H heads of D channels. */
    private static final class Layer implements TokenContext {
        private final Tensor keys; // (N, H, capacity, D)
        private final Tensor values; // (N, H, capacity, D)
        private long filled;

        Layer(Tensor keys, Tensor values) {
            this.keys = keys;
            this.values = values;
        }

        @Override
        public Seen of(Tensor newKeys, Tensor newValues) { // (N, H, T, D)
            long tokens = newKeys.size(2);
            long before = filled;
            if (before + tokens > keys.size(2)) {
                throw new GlipException(
                        ErrorCode.BAD_ARGUMENT,
                        "wanted at most " + keys.size(2) + " words, got " + (before + tokens)
                                + "; make a cache with more room");
            }
            keys.narrow(2, before, tokens).copy_(newKeys);
            values.narrow(2, before, tokens).copy_(newValues);
            filled = before + tokens;
            return new Seen(
                    keys.narrow(2, 0, filled).to(newKeys),
                    values.narrow(2, 0, filled).to(newValues),
                    Attention.causalBias(before, tokens, newKeys));
        }

        void reorder(Tensor rows) {
            for (Tensor buffer : List.of(keys, values)) {
                Tensor used = buffer.narrow(2, 0, filled);
                used.copy_(used.index_select(0, rows));
            }
        }
    }
}
