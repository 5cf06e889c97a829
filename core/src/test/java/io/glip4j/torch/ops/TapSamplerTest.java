package io.glip4j.torch.ops;

import static io.glip4j.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TapSamplerTest {
    private static final double TOLERANCE = 1e-5;

    /** Pictures, channels, height, width, stride, and how far offsets reach. */
    private static final String SIZES = """
            1, 1, 1, 1, 1, 1
            1, 3, 1, 1, 1, 30
            1, 4, 1, 7, 1, 2
            2, 5, 7, 1, 1, 2
            1, 8, 5, 6, 1, 0
            2, 3, 5, 7, 1, 1.5
            2, 3, 5, 7, 1, 20
            1, 16, 9, 11, 1, 3
            3, 7, 4, 4, 1, 2
            1, 1, 1, 1, 2, 2
            2, 4, 1, 2, 2, 2
            1, 4, 7, 5, 2, 2
            2, 8, 8, 6, 2, 1
            1, 33, 13, 10, 2, 4
            1, 64, 17, 19, 1, 1
            """;

    @ParameterizedTest
    @CsvSource(textBlock = SIZES)
    void plainIsTheDefinition(int pictures, int channels, int height, int width, int stride, double reach) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Input input = new Input(pictures, channels, height, width, stride, reach);
            float[] expected = input.definition(stride);
            float[] got = Tensors.toFloats(input.sample(new PlainTapSampler(), stride));
            assertClose("taps", got, expected, TOLERANCE);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = SIZES)
    void fastEqualsPlainInValueAndGradients(
            int pictures, int channels, int height, int width, int stride, double reach) {
        try (TensorScope scope = TensorScope.open()) {
            Input plain = new Input(pictures, channels, height, width, stride, reach).withGradients();
            Input fast = new Input(pictures, channels, height, width, stride, reach).withGradients();
            Tensor expected = plain.sample(new PlainTapSampler(), stride);
            Tensor got = fast.sample(TapSampler.fast(), stride);
            assertThat(Tensors.shape(got)).isEqualTo(Tensors.shape(expected));
            assertClose("taps", Tensors.toFloats(got), Tensors.toFloats(expected), TOLERANCE);

            Tensor upstream = torch.randn(Tensors.shape(got));
            expected.mul(upstream).sum().backward();
            got.mul(upstream).sum().backward();
            assertClose("features", gradient(fast.features), gradient(plain.features), TOLERANCE);
            assertClose("offsets", gradient(fast.offsets), gradient(plain.offsets), TOLERANCE);
            assertClose("masks", gradient(fast.masks), gradient(plain.masks), TOLERANCE);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = SIZES)
    void arraysEqualPlain(int pictures, int channels, int height, int width, int stride, double reach) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Input input = new Input(pictures, channels, height, width, stride, reach);
            Tensor expected = input.sample(new PlainTapSampler(), stride);
            Tensor got = input.sample(new ArrayTapSampler(), stride);
            assertThat(Tensors.shape(got)).isEqualTo(Tensors.shape(expected));
            assertClose("taps", Tensors.toFloats(got), Tensors.toFloats(expected), TOLERANCE);
        }
    }

    @Test
    void arraysReadNothingAtNoNumbers() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e38f, -3e38f}) {
                float[] moved = new float[2 * TapSampler.TAPS * 16];
                moved[8 * 16] = odd; // dy of the middle tap at (0, 0)
                Tensor taps = new ArrayTapSampler()
                        .sample(torch.ones(1, 2, 4, 4), Tensors.of(moved, 1, 18, 4, 4), torch.ones(1, 9, 4, 4), 1);
                float[] values = Tensors.toFloats(taps);
                assertThat(new float[] {values[8], values[9], values[10]}).containsExactly(0, 0, 1);
            }
        }
    }

    @Test
    void offsetsThatAreNoNumbersReadNothing() {
        try (TensorScope scope = TensorScope.open()) {
            for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e38f, -3e38f}) {
                for (TapSampler sampler : new TapSampler[] {new PlainTapSampler(), TapSampler.fast()}) {
                    Tensor features = torch.ones(1, 2, 4, 4).set_requires_grad(true);
                    float[] moved = new float[2 * TapSampler.TAPS * 16];
                    moved[8 * 16] = odd; // dy of the middle tap at (0, 0)
                    Tensor offsets = Tensors.of(moved, 1, 18, 4, 4).set_requires_grad(true);
                    Tensor taps = sampler.sample(features, offsets, torch.ones(1, 9, 4, 4), 1);
                    taps.sum().backward();
                    float[] values = Tensors.toFloats(taps);
                    assertThat(new float[] {values[8], values[9], values[10]}).containsExactly(0, 0, 1);
                    assertThat(gradient(offsets)[8 * 16]).isZero();
                    assertThat(gradient(features)).doesNotContain(Float.NaN);
                }
            }
        }
    }

    @Test
    void offsetsLearnThoughFeaturesAreFrozen() {
        try (TensorScope scope = TensorScope.open()) {
            Input plain = new Input(1, 4, 5, 5, 1, 1);
            Input fast = new Input(1, 4, 5, 5, 1, 1);
            plain.offsets.set_requires_grad(true);
            fast.offsets.set_requires_grad(true);
            plain.sample(new PlainTapSampler(), 1).sum().backward();
            fast.sample(TapSampler.fast(), 1).sum().backward();
            assertClose("offsets", gradient(fast.offsets), gradient(plain.offsets), TOLERANCE);
        }
    }

    private static float[] gradient(Tensor leaf) {
        return Tensors.toFloats(leaf.grad());
    }

    /** Random features, offsets and masks, the same for the same sizes. */
    private static final class Input {
        final Tensor features;
        final Tensor offsets;
        final Tensor masks;

        Input(int pictures, int channels, int height, int width, int stride, double reach) {
            Random random = new Random(17);
            int outHeight = (height - 1) / stride + 1;
            int outWidth = (width - 1) / stride + 1;
            this.features = uniform(random, 1, pictures, channels, height, width);
            this.offsets = uniform(random, reach, pictures, 18, outHeight, outWidth);
            this.masks = uniform(random, 1, pictures, 9, outHeight, outWidth);
        }

        Input withGradients() {
            features.set_requires_grad(true);
            offsets.set_requires_grad(true);
            masks.set_requires_grad(true);
            return this;
        }

        Tensor sample(TapSampler sampler, int stride) {
            return sampler.sample(features, offsets, masks, stride);
        }

        private static Tensor uniform(Random random, double bound, int... sizes) {
            long[] shape = new long[sizes.length];
            int count = 1;
            for (int axis = 0; axis < sizes.length; axis++) {
                shape[axis] = sizes[axis];
                count *= sizes[axis];
            }
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
            return Tensors.of(values, shape);
        }

        /** The formula, one sample at a time. */
        float[] definition(int stride) {
            int channels = (int) features.size(1);
            int outHeight = (int) offsets.size(2);
            int outWidth = (int) offsets.size(3);
            int cells = outHeight * outWidth;
            float[] moved = Tensors.toFloats(offsets);
            float[] open = Tensors.toFloats(masks);
            float[] seen = new float[(int) features.size(0) * cells * 9 * channels];
            int at = 0;
            for (int n = 0; n < features.size(0); n++) {
                for (int cell = 0; cell < cells; cell++) {
                    for (int tap = 0; tap < 9; tap++) {
                        int row = cell / outWidth * stride - 1 + tap / 3;
                        int column = cell % outWidth * stride - 1 + tap % 3;
                        double y = row + moved[(n * 18 + 2 * tap) * cells + cell];
                        double x = column + moved[(n * 18 + 2 * tap + 1) * cells + cell];
                        for (int channel = 0; channel < channels; channel++) {
                            seen[at++] = (float) (open[(n * 9 + tap) * cells + cell] * bilinear(n, channel, y, x));
                        }
                    }
                }
            }
            return seen;
        }

        private double bilinear(int picture, int channel, double y, double x) {
            int height = (int) features.size(2);
            int width = (int) features.size(3);
            float[] values = Tensors.toFloats(features.get(picture).get(channel));
            double sum = 0;
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    double share = Math.max(0, 1 - Math.abs(y - row)) * Math.max(0, 1 - Math.abs(x - column));
                    sum += share * values[row * width + column];
                }
            }
            return sum;
        }
    }
}
