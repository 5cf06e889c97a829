package io.glip4j.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParallelTest {
    private int threadsBefore;

    @BeforeEach
    void useThreeThreads() {
        threadsBefore = TorchRuntime.threads();
        TorchRuntime.setThreads(3);
    }

    @AfterEach
    void restore() {
        TorchRuntime.setThreads(threadsBefore);
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "1, 4", "7, 1", "100, 7", "64, 64", "65, 64", "1000, 3"})
    void everyIndexIsDoneOnce(int count, int most) {
        AtomicIntegerArray done = new AtomicIntegerArray(count);
        Parallel.pieces(count, most, (from, to) -> {
            assertThat(to - from).isBetween(1, most);
            for (int index = from; index < to; index++) {
                done.incrementAndGet(index);
            }
        });
        for (int index = 0; index < count; index++) {
            assertThat(done.get(index)).isEqualTo(1);
        }
    }

    @Test
    void insideAPieceAnOperatorHasOneThreadAndNoGradient() {
        Set<Integer> inside = ConcurrentHashMap.newKeySet();
        Set<Boolean> gradients = ConcurrentHashMap.newKeySet();
        Set<Thread> nested = ConcurrentHashMap.newKeySet();
        Parallel.pieces(12, 1, (from, to) -> {
            inside.add(torch.get_num_threads());
            gradients.add(
                    torch.ones(1).set_requires_grad(true).mul(torch.ones(1)).requires_grad());
            Thread outer = Thread.currentThread();
            Parallel.pieces(4, 1, (a, b) -> {
                if (Thread.currentThread() != outer) {
                    nested.add(Thread.currentThread());
                }
            });
        });
        assertThat(inside).containsExactly(1);
        assertThat(gradients).containsExactly(false);
        assertThat(nested).as("a piece does its pieces itself").isEmpty();
        assertThat(TorchRuntime.threads()).isEqualTo(3);
    }

    @Test
    void aFailureReachesTheCaller() {
        assertThatThrownBy(() -> Parallel.pieces(9, 1, (from, to) -> {
                    if (from == 5) {
                        throw new IllegalArgumentException("piece five");
                    }
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("piece five");
        assertThatThrownBy(() -> Parallel.pieces(9, 1, (from, to) -> {
                    throw new OutOfMemoryError("no room");
                }))
                .isInstanceOf(OutOfMemoryError.class);
    }
}
