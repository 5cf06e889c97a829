package io.glip4j.torch;

import static io.glip4j.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearKernelTest {
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @CsvSource(textBlock = """
            1, 1, 1
            1, 7, 3
            3, 768, 5
            15, 33, 17
            16, 1, 1
            16, 33, 1
            17, 1, 9
            31, 96, 288
            49, 5, 8
            100, 2304, 27
            333, 64, 65
            1000, 3, 256
            """)
    void fastEqualsPlain(long positions, long in, long out) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            torch.manual_seed(positions + in + out);
            Tensor weight = torch.randn(out, in);
            Tensor bias = torch.randn(out);
            for (Tensor x : new Tensor[] {
                torch.randn(positions, in),
                torch.randn(1, positions, in),
                torch.randn(in, positions).transpose(0, 1)
            }) {
                for (Tensor term : new Tensor[] {bias, null}) {
                    Tensor expected = LinearKernel.of(Form.PLAIN).apply(x, weight, term);
                    Tensor got = LinearKernel.of(Form.FAST).apply(x, weight, term);
                    assertThat(Tensors.shape(got)).isEqualTo(Tensors.shape(expected));
                    assertClose("product", Tensors.toFloats(got), Tensors.toFloats(expected), TOLERANCE);
                }
            }
        }
    }
}
