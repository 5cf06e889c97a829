package io.glip4j.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.model.TextFeatures;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class TextCacheTest {
    private final AtomicInteger encoded = new AtomicInteger();

    @Test
    void theSameWordsAreEncodedOnceAndTheOldestForgotten() {
        try (TextCache cache = new TextCache(2)) {
            assertThat(ask(cache, 1)).isEqualTo(1);
            assertThat(ask(cache, 1)).isEqualTo(1);
            assertThat(encoded).hasValue(1);
            ask(cache, 2);
            ask(cache, 1);
            ask(cache, 3); // 2 was not asked for the longest time
            assertThat(encoded).hasValue(3);
            assertThat(ask(cache, 1)).isEqualTo(1);
            assertThat(encoded).hasValue(3);
            assertThat(ask(cache, 2)).isEqualTo(2);
            assertThat(encoded).hasValue(4);
        }
    }

    @Test
    void whatIsForgottenWhileInUseStays() {
        try (TextCache cache = new TextCache(1);
                TensorScope scope = TensorScope.withoutGradient()) {
            TextFeatures first = cache.get(List.of(1), () -> features(1));
            TextFeatures again = cache.get(List.of(1), () -> features(7));
            cache.get(List.of(2), () -> features(2));
            assertThat(Tensors.toFloats(first.hidden())).containsExactly(1);
            assertThat(Tensors.toFloats(again.hidden())).containsExactly(1);
        }
    }

    @Test
    void ofSizeZeroKeepsNothing() {
        try (TextCache cache = new TextCache(0)) {
            ask(cache, 1);
            ask(cache, 1);
            assertThat(encoded).hasValue(2);
        }
    }

    private float ask(TextCache cache, int id) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            return Tensors.toFloats(cache.get(List.of(id), () -> features(id)).hidden())[0];
        }
    }

    private TextFeatures features(int id) {
        encoded.incrementAndGet();
        Tensor hidden = Tensors.of(new float[] {id}, 1, 1, 1);
        return new TextFeatures(hidden, Tensors.of(new float[] {id}, 1, 1, 1), Tensors.of(new long[] {1}, 1, 1));
    }
}
