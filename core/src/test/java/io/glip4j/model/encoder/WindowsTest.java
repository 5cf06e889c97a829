package io.glip4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {
    private final TensorScope scope = TensorScope.withoutGradient();

    @AfterEach
    void free() {
        scope.close();
    }

    /** (n, height, width, channels) of the numbers from 1. */
    private static Tensor counting(long n, long height, long width, long channels) {
        float[] values = new float[Math.toIntExact(n * height * width * channels)];
        for (int i = 0; i < values.length; i++) {
            values[i] = i + 1;
        }
        return Tensors.of(values, n, height, width, channels);
    }

    @Test
    void windowsFollowRowByRow() {
        Tensor windows = Windows.partition(counting(1, 2, 4, 1), 2);

        assertThat(Tensors.shape(windows)).containsExactly(2, 4, 1);
        assertThat(Tensors.toFloats(windows)).containsExactly(1, 2, 5, 6, 3, 4, 7, 8);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1, 1", "1, 3, 3, 2, 3", "2, 6, 9, 2, 3", "3, 14, 7, 4, 7", "2, 1, 5, 3, 1"})
    void mergeUndoesPartition(long n, long height, long width, long channels, long window) {
        Tensor map = counting(n, height, width, channels);

        Tensor merged = Windows.merge(Windows.partition(map, window), window, height, width);

        assertThat(Tensors.shape(merged)).isEqualTo(Tensors.shape(map));
        assertThat(Tensors.toFloats(merged)).isEqualTo(Tensors.toFloats(map));
    }

    @ParameterizedTest
    @CsvSource({"6, 7, 7, 7, 7", "7, 8, 7, 7, 14", "1, 1, 5, 5, 5", "14, 21, 7, 14, 21"})
    void paddingReachesTheNextMultiple(long height, long width, long window, long paddedHeight, long paddedWidth) {
        Tensor map = counting(2, height, width, 3);

        Tensor padded = Windows.pad(map, window);

        assertThat(Tensors.shape(padded)).containsExactly(2, paddedHeight, paddedWidth, 3);
        assertThat(Tensors.toFloats(padded.narrow(1, 0, height).narrow(2, 0, width)))
                .isEqualTo(Tensors.toFloats(map));
        assertThat(padded.sum().item_double()).isEqualTo(map.sum().item_double());
    }

    @Test
    void rollMovesUpAndLeftAndBack() {
        Tensor map = counting(1, 3, 3, 1);

        Tensor rolled = Windows.roll(map, 1);

        assertThat(Tensors.toFloats(rolled)).containsExactly(5, 6, 4, 8, 9, 7, 2, 3, 1);
        assertThat(Tensors.toFloats(Windows.roll(rolled, -1))).isEqualTo(Tensors.toFloats(map));
    }

    @Test
    void aMapOfOneWindowIsCutAtTheSeamsToo() {
        float[] mask = Tensors.toFloats(Windows.shiftMask(2, 1, 2, 2)); // each position comes from another corner

        for (int i = 0; i < mask.length; i++) {
            assertThat(mask[i]).as("pair " + i).isEqualTo(i / 4 == i % 4 ? 0f : -100f);
        }
    }

    @Test
    void onlyWindowsAtTheSeamsAreMasked() {
        Tensor mask = Windows.shiftMask(3, 1, 9, 6); // 3 rows of 2 windows

        assertThat(Tensors.shape(mask)).containsExactly(6, 9, 9);
        long[] hiddenPairs = LongStream.range(0, 6)
                .map(window -> IntStream.range(0, 81)
                        .filter(pair -> Tensors.toFloats(mask.select(0, window))[pair] != 0)
                        .count())
                .toArray();
        // a seam in one direction parts 9 positions into 6 and 3, in both into 4, 2, 2 and 1
        assertThat(hiddenPairs).containsExactly(0, 36, 0, 36, 36, 81 - 16 - 4 - 4 - 1);
    }

    @Test
    void relativePositionsCountFromTheFarCorner() {
        assertThat(Windows.relativePositions(1)).containsExactly(0);
        assertThat(Windows.relativePositions(2))
                .containsExactly(
                        4, 3, 1, 0, //
                        5, 4, 2, 1, //
                        7, 6, 4, 3, //
                        8, 7, 5, 4);
    }
}
