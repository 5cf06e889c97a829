package io.glip4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class FeaturePyramidTest {
    @Test
    void mapsNeedNotHalveExactly() {
        try (Parameters parameters = Parameters.seeded(3)) {
            FeaturePyramid pyramid = new FeaturePyramid(parameters, List.of(2, 3, 5), 4);
            try (TensorScope scope = TensorScope.withoutGradient()) {
                List<Tensor> levels = pyramid.forward(
                        List.of(torch.randn(1, 2, 25, 9), torch.randn(1, 3, 13, 5), torch.randn(1, 5, 7, 3)));

                assertThat(levels.stream().map(Tensors::shape))
                        .containsExactly(
                                new long[] {1, 4, 25, 9},
                                new long[] {1, 4, 13, 5},
                                new long[] {1, 4, 7, 3},
                                new long[] {1, 4, 4, 2},
                                new long[] {1, 4, 2, 1});
            }
        }
    }

    @Test
    void wantsThreeMaps() {
        try (Parameters parameters = Parameters.seeded(3)) {
            assertThatThrownBy(() -> new FeaturePyramid(parameters, List.of(2, 3), 4))
                    .isInstanceOfSatisfying(
                            GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ARGUMENT))
                    .hasMessageContaining("[2, 3]");
        }
    }
}
