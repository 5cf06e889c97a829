package io.glip4j.inference;

import io.glip4j.inference.decoding.NextWords;
import io.glip4j.model.GlipModel;
import io.glip4j.model.Mode;
import io.glip4j.model.PictureMemory;
import io.glip4j.model.WordCache;
import io.glip4j.model.head.NextWordHead;
import io.glip4j.torch.Device;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The next words of descriptions of one picture, each word looked at once: what came before is in a cache. */
final class DescribedWords implements NextWords {
    private final GlipModel model;
    private final NextWordHead head;
    private final PictureMemory picture;
    private final SpecialWords special;
    private final WordCache cache;
    private final Device device;
    private final int texts;

    /**
     * Works within the scope it is made in.
     *
     * @param cache empty, for {@code texts} texts
     */
    DescribedWords(
            GlipModel model, PictureMemory picture, SpecialWords special, WordCache cache, Device device, int texts) {
        this.model = model;
        this.head = model.nextWordHead().orElseThrow();
        this.picture = picture;
        this.special = special;
        this.cache = cache;
        this.device = device;
        this.texts = texts;
    }

    @Override
    public int texts() {
        return texts;
    }

    @Override
    public int start() {
        return special.start();
    }

    @Override
    public int end() {
        return special.end();
    }

    @Override
    public float[][] after(int[] from, int[] words) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            if (cache.count() > 0 && moves(from)) {
                cache.reorder(indices(from, from.length));
            }
            Tensor fused = model.describe(picture, indices(words, texts, 1), cache, Mode.INFERENCE); // (B, 1, Ct)
            Tensor logs = torch.log_softmax(head.forward(fused.select(1, 0)), 1); // (B, V)
            float[] values = Tensors.toFloats(logs);
            int vocabulary = values.length / texts;
            return IntStream.range(0, texts)
                    .mapToObj(text -> Arrays.copyOfRange(values, text * vocabulary, (text + 1) * vocabulary))
                    .map(special::withoutOthers)
                    .toArray(float[][]::new);
        }
    }

    private static boolean moves(int[] from) {
        return IntStream.range(0, from.length).anyMatch(text -> from[text] != text);
    }

    private Tensor indices(int[] values, long... shape) {
        return device.place(Tensors.of(Arrays.stream(values).asLongStream().toArray(), shape));
    }
}
