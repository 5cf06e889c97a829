package io.glip4j.model.fusion;

import static io.glip4j.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.model.FusedFeatures;
import io.glip4j.model.FusionConfig;
import io.glip4j.model.Mode;
import io.glip4j.torch.Form;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernel over arrays against the block step by step, on levels of many sizes. */
class FusedDynamicHeadTest {
    private static final FusionConfig CONFIG = new FusionConfig(1, 32, 4, 64, 4, 0);
    private static final double TOLERANCE = 1e-4;
    private static Parameters plainParameters;
    private static Parameters fusedParameters;
    private static DynamicHead plain;
    private static FusedDynamicHead fused;

    @BeforeAll
    static void build() {
        plainParameters = Parameters.seeded(11);
        plain = new DynamicHead(plainParameters, CONFIG);
        fusedParameters = Parameters.uninitialized();
        fused = new FusedDynamicHead(fusedParameters.in(Form.FAST), CONFIG);
        try (TensorScope scope = TensorScope.withoutGradient()) {
            plainParameters.byName().forEach((name, tensor) -> {
                torch.normal_(tensor, 0, name.equals("offset.bias") ? 2 : 0.2);
                Objects.requireNonNull(fusedParameters.byName().get(name)).copy_(tensor);
            });
        }
    }

    @AfterAll
    static void close() {
        plainParameters.close();
        fusedParameters.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 2, 3", "2, 5, 4", "1, 16, 9", "3, 7, 7", "1, 48, 40"})
    void bothSayTheSame(int pictures, int height, int width) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            torch.manual_seed(height);
            FusedFeatures features = features(pictures, height, width);
            List<Tensor> expected =
                    plain.forward(features, features.text(), Mode.INFERENCE).levels();
            List<Tensor> got =
                    fused.forward(features, features.text(), Mode.INFERENCE).levels();
            for (int level = 0; level < expected.size(); level++) {
                assertThat(Tensors.shape(got.get(level))).isEqualTo(Tensors.shape(expected.get(level)));
                assertClose(
                        "level " + level,
                        Tensors.toFloats(got.get(level)),
                        Tensors.toFloats(expected.get(level)),
                        TOLERANCE);
            }
        }
    }

    @Test
    void whatIsNoNumberStaysNone() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            FusedFeatures features = features(1, 4, 4);
            features.levels().get(0).select(3, 0).fill_(new Scalar(Double.NaN));
            float[] got = Tensors.toFloats(fused.forward(features, features.text(), Mode.INFERENCE)
                    .levels()
                    .get(0));
            assertThat(got).as("never a made-up number").contains(Float.NaN);
        }
    }

    /** Three levels, each half as large, rounded up. */
    private static FusedFeatures features(int pictures, int height, int width) {
        List<Tensor> levels = new ArrayList<>();
        for (int level = 0, h = height, w = width; level < 3; level++, h = (h + 1) / 2, w = (w + 1) / 2) {
            levels.add(torch.randn(pictures, CONFIG.channels(), h, w));
        }
        return new FusedFeatures(levels, torch.zeros(pictures, 1, 1));
    }
}
