package io.glip4j.model.fusion;

import static io.glip4j.Close.assertClose;

import io.glip4j.model.FusedFeatures;
import io.glip4j.model.FusionConfig;
import io.glip4j.model.Mode;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Half of bi-directional attention against the whole, of which it must be the text side. */
class PictureReadingTest {
    private static final FusionConfig CONFIG = new FusionConfig(2, 32, 8, 64, 4, 0.1);
    private static final int TEXT_WIDTH = 24;

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "1, 8, 12, 5", "2, 3, 5, 9", "4, 2, 7, 1"})
    void isTheTextSideOfBothWays(int pictures, int height, int width, int tokens) {
        try (Parameters parameters = Parameters.seeded(5);
                TensorScope scope = TensorScope.withoutGradient()) {
            BiAttentionWeights weights = new BiAttentionWeights(parameters, CONFIG, TEXT_WIDTH);
            parameters.byName().forEach((name, tensor) -> {
                if (name.endsWith("bias")) { // drawn as zeros
                    torch.normal_(tensor, 0, 1);
                }
            });
            Tensor fine = torch.randn(pictures, 32, height, width);
            Tensor coarse = torch.randn(pictures, 32, 1, 2);
            Tensor text = torch.randn(pictures, tokens, TEXT_WIDTH);
            Tensor mask = torch.ones(pictures, tokens);
            FusedFeatures whole = new BiAttention(CONFIG, weights)
                    .forward(new FusedFeatures(List.of(fine, coarse), text), mask, Mode.INFERENCE);
            PictureReading reading = new PictureReading(CONFIG, weights);
            Tensor got = reading.forward(reading.picture(List.of(fine, coarse)), text, Mode.INFERENCE);
            assertClose("words", Tensors.toFloats(got), Tensors.toFloats(whole.text()), 1e-5);
        }
    }
}
