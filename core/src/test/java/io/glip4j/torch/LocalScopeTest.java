package io.glip4j.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class LocalScopeTest {
    @Test
    void onlyTheResultOutlivesAStep() {
        List<Tensor> made = new ArrayList<>();
        Tensor result;
        try (TensorScope scope = TensorScope.withoutGradient()) {
            result = TensorScope.local(() -> {
                made.add(torch.ones(3));
                return Tensors.times(made.get(0), 2);
            });
            assertThat(made.get(0).isNull()).isTrue();
            assertThat(Tensors.toFloats(result)).containsExactly(2, 2, 2);
        }
        assertThat(result.isNull()).isTrue();
    }

    @Test
    void aStepMayReturnWhatItWasGiven() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor given = torch.ones(2);
            Tensor result = TensorScope.local(() -> given);
            assertThat(Tensors.toFloats(result)).containsExactly(1, 1);
            assertThat(Tensors.toFloats(given)).containsExactly(1, 1);
        }
    }

    @Test
    void aStepThatConsumesFreesWhatItRead() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor first = torch.ones(2);
            Tensor second = TensorScope.consume(first, x -> Tensors.times(x, 2));
            assertThat(first.isNull()).isTrue();
            assertThat(Tensors.toFloats(second)).containsExactly(2, 2);
            assertThat(Tensors.toFloats(TensorScope.consume(second, x -> x))).containsExactly(2, 2);
            assertThat(second.isNull()).isTrue();
        }
    }

    @Test
    void gradientsFlowThroughWhatIsConsumed() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = torch.ones(2).set_requires_grad(true);
            Tensor square = x.mul(x);
            TensorScope.consume(square, y -> y.mul(y)).sum().backward();
            assertThat(Tensors.toFloats(x.grad())).containsExactly(4, 4);
        }
    }

    @Test
    void gradientsFlowThroughAStep() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = torch.ones(2).set_requires_grad(true);
            TensorScope.local(() -> x.mul(x).mul(x)).sum().backward();
            assertThat(Tensors.toFloats(x.grad())).containsExactly(3, 3);
        }
    }
}
