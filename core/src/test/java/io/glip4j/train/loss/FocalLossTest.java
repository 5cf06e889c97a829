package io.glip4j.train.loss;

import static io.glip4j.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.UnitGolden;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FocalLossTest {
    static List<UnitGolden> goldens() {
        return UnitGolden.all();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void lossAndGradientAsRecorded(UnitGolden golden) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor logits = Tensors.of(golden.floats("focal.logits"), golden.shape("focal.logits"))
                    .set_requires_grad(true);
            Tensor targets = Tensors.of(golden.floats("focal.targets"), golden.shape("focal.targets"));
            Tensor mask = Tensors.of(golden.floats("focal.text_mask"), golden.shape("focal.text_mask"));
            Tensor loss = FocalLoss.PUBLISHED.sum(logits, targets, mask.unsqueeze(1));
            loss.backward();
            assertClose("loss", Tensors.toFloats(loss), golden.floats("focal.loss_sum"), 1e-5);
            assertClose("gradient", Tensors.toFloats(logits.grad()), golden.floats("focal.grad"), 1e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 7, 3", "3, 100, 41"})
    void negativesAloneGiveTheSameLossAndGradient(int pictures, int anchors, int tokens) {
        try (TensorScope scope = TensorScope.open()) {
            torch.manual_seed(11);
            Tensor logits = Tensors.times(torch.randn(pictures, anchors, tokens), 10);
            Tensor counted = torch.rand(pictures, anchors).round();
            Tensor mask = torch.rand(pictures, tokens).round();
            Tensor plain = logits.clone().set_requires_grad(true);
            Tensor everywhere = mask.unsqueeze(1).mul(counted.unsqueeze(2));
            Tensor expected = FocalLoss.PUBLISHED.sum(plain, torch.zeros_like(logits), everywhere);
            expected.backward();
            Tensor fast = logits.clone().set_requires_grad(true);
            Tensor got = FocalLoss.PUBLISHED.sumOfNegatives(fast, counted, mask);
            got.backward();
            assertClose("loss", Tensors.toFloats(got), Tensors.toFloats(expected), 1e-6);
            assertClose("gradient", Tensors.toFloats(fast.grad()), Tensors.toFloats(plain.grad()), 1e-6);
        }
    }

    @Test
    void paddingCountsForNothing() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor logits = Tensors.of(new float[] {0, 50_000}, 1, 1, 2);
            Tensor loss =
                    FocalLoss.PUBLISHED.sum(logits, torch.zeros(1, 1, 2), Tensors.of(new float[] {1, 0}, 1, 1, 2));
            assertThat(Tensors.toFloats(loss)[0]).isEqualTo((float) (0.75 * 0.25 * Math.log(2)), within(1e-6f));
        }
    }
}
