package io.glip4j.torch.ops;

import static io.glip4j.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {
    @ParameterizedTest
    @CsvSource({"1, 4, 1, 1, 1", "2, 3, 7, 5, 4", "1, 16, 40, 33, 100", "3, 8, 13, 21, 64"})
    void areThoseOfTheFeatures(int pictures, int channels, int height, int width, int tile) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            torch.manual_seed(5);
            Tensor features = torch.randn(pictures, channels, height, width).add(torch.randn(1, channels, 1, 1));
            Moments moments = new Moments(new FeatureMap(pictures, height, width, channels));
            Tensor rows = features.permute(0, 2, 3, 1).reshape(pictures, -1, channels);
            int cells = height * width;
            for (int picture = 0; picture < pictures; picture++) {
                for (int first = 0; first < cells; first += tile) {
                    int count = Math.min(tile, cells - first);
                    moments.take(picture, first, rows.select(0, picture).narrow(0, first, count));
                }
            }
            Tensor means = features.mean(new long[] {2, 3}, false, new ScalarTypeOptional());
            Tensor squares = features.mul(features).mean(new long[] {2, 3}, false, new ScalarTypeOptional());
            for (int picture = 0; picture < pictures; picture++) {
                assertClose("means", floats(moments.means(picture)), Tensors.toFloats(means.select(0, picture)), 1e-5);
                assertClose(
                        "squares",
                        floats(moments.meanSquares(picture)),
                        Tensors.toFloats(squares.select(0, picture)),
                        1e-5);
            }
            float[] last = moments.map().at(pictures - 1, height - 1, width - 1);
            assertThat(last)
                    .isEqualTo(Tensors.toFloats(rows.select(0, pictures - 1).select(0, cells - 1)));
        }
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
