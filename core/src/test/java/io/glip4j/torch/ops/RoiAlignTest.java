package io.glip4j.torch.ops;

import static io.glip4j.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.GlipException;
import io.glip4j.UnitGolden;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoiAlignTest {
    static List<UnitGolden> goldens() {
        return UnitGolden.all();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void poolsAsRecorded(UnitGolden golden) {
        float[] expected = golden.floats("roi.pooled");
        int regions = (int) golden.shape("roi.pooled")[0];
        float[] boxes = Arrays.copyOf(golden.floats("roi.boxes_xyxy"), 4 * regions);
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor feature = Tensors.of(golden.floats("roi.feature"), golden.shape("roi.feature"));
            Tensor pooled = RoiAlign.MASK.forward(List.of(feature), boxes, new int[regions]);
            assertThat(Tensors.shape(pooled)).isEqualTo(golden.shape("roi.pooled"));
            assertClose("pooled", Tensors.toFloats(pooled), expected, 1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void choosesTheRecordedLevel(UnitGolden golden) {
        float[] boxes = golden.floats("roi.boxes_xyxy");
        int[] expected = golden.ints("roi.level");
        int[] got = new int[expected.length];
        for (int i = 0; i < got.length; i++) {
            got[i] = RoiAlign.levelOf(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3], 5);
        }
        assertThat(got).isEqualTo(expected);
    }

    @Test
    void everyBoxReadsItsOwnPictureAndLevel() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor fine = Tensors.of(constantPictures(8 * 8, 1, 2), 2, 1, 8, 8);
            Tensor coarse = Tensors.of(constantPictures(4 * 4, 3, 4), 2, 1, 4, 4);
            float[] boxes = {8, 8, 40, 40, 8, 8, 40, 40, 0, 0, 300, 300};
            Tensor pooled = new RoiAlign(2, 2).forward(List.of(fine, coarse), boxes, new int[] {1, 0, 1});
            float[] means = Tensors.toFloats(pooled.mean(new long[] {1, 2, 3}));
            assertThat(means[0]).isEqualTo(2);
            assertThat(means[1]).isEqualTo(1);
            assertThat(means[2]).isBetween(0f, 4f).isNotEqualTo(3);
        }
    }

    @Test
    void gradientsAreTheWeightsOfTheSamples() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor feature = torch.zeros(1, 1, 6, 6).set_requires_grad(true);
            Tensor pooled = new RoiAlign(2, 2).forward(List.of(feature), new float[] {8, 8, 24, 24}, new int[1]);
            pooled.sum().backward();
            float[] gradient = Tensors.toFloats(feature.grad());
            double sum = 0;
            for (float value : gradient) {
                sum += value;
            }
            assertThat(sum).isEqualTo(4.0, within(1e-5));
            assertThat(gradient[0]).isZero();
            assertThat(gradient[2 * 6 + 2]).isPositive();
        }
    }

    @Test
    void noBoxesGiveAnEmptyBatch() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor pooled = RoiAlign.MASK.forward(List.of(torch.zeros(1, 3, 4, 4)), new float[0], new int[0]);
            assertThat(Tensors.shape(pooled)).containsExactly(0, 3, 14, 14);
        }
    }

    @Test
    void boxesAndPicturesMustAgree() {
        assertThatThrownBy(() -> RoiAlign.MASK.forward(List.of(), new float[3], new int[1]))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("for 1 boxes, got 3");
    }

    private static float[] constantPictures(int locations, float first, float second) {
        float[] values = new float[2 * locations];
        Arrays.fill(values, 0, locations, first);
        Arrays.fill(values, locations, 2 * locations, second);
        return values;
    }
}
