package io.glip4j.model.encoder;

import static io.glip4j.Close.assertClose;

import io.glip4j.model.Mode;
import io.glip4j.torch.Form;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bands of windows against the whole map, where bands wrap around and end in padding. */
class BandedSwinBlockTest {
    @ParameterizedTest
    @CsvSource({
        "1, 7, 7, 0",
        "1, 7, 7, 3",
        "1, 1, 1, 3",
        "1, 40, 47, 0",
        "1, 40, 47, 3",
        "2, 33, 29, 3",
        "1, 36, 200, 3",
        "1, 57, 90, 3",
        "3, 50, 21, 3"
    })
    void bothSayTheSame(int pictures, int height, int width, int shift) {
        SwinBlock.Config config = new SwinBlock.Config(12, 3, 7, shift, true, 0);
        try (Parameters plainParameters = Parameters.seeded(3);
                Parameters bandedParameters = Parameters.uninitialized();
                TensorScope scope = TensorScope.withoutGradient()) {
            SwinBlock plain = SwinBlock.of(plainParameters, config);
            SwinBlock banded = SwinBlock.of(bandedParameters.in(Form.FAST), config);
            plainParameters.byName().forEach((name, tensor) -> {
                torch.normal_(tensor, 0, 0.3);
                Objects.requireNonNull(bandedParameters.byName().get(name)).copy_(tensor);
            });
            Tensor map = torch.randn(pictures, height, width, 12);
            Tensor mask =
                    Windows.shiftMask(7, 3, height + Windows.missing(height, 7), width + Windows.missing(width, 7));
            float[] expected = Tensors.toFloats(plain.forward(map, mask, Mode.INFERENCE));
            float[] got = Tensors.toFloats(banded.forward(map, mask, Mode.INFERENCE));
            assertClose("map", got, expected, 1e-5);
        }
    }
}
