package io.glip4j.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class AutocastTest {
    @Test
    void productsAreBfloat16AndGradientsOfWeightsFloat32() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor weight = Tensors.of(new float[] {1.0001f, 2, 3, 4}, 2, 2);
            weight.set_requires_grad(true);
            Tensor x = Tensors.of(new float[] {1, 0.5f}, 1, 2);
            Tensor product = Autocast.bfloat16(() -> torch.matmul(x, weight));
            assertThat(product.scalar_type().value).isEqualTo(ScalarType.BFloat16.value);
            assertThat(Tensors.toFloats(product)[0]).isCloseTo(2.5f, within(0.01f));
            product.sum().backward();
            assertThat(weight.grad().scalar_type().value).isEqualTo(ScalarType.Float.value);
            assertThat(Tensors.toFloats(weight.grad())).containsExactly(1, 1, 0.5f, 0.5f);
            assertThat(torch.matmul(x, weight).scalar_type().value).isEqualTo(ScalarType.Float.value);
        }
    }
}
