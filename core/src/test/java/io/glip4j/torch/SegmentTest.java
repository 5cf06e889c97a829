package io.glip4j.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.OneThread;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A segment of one weight of four numbers. */
@ExtendWith(OneThread.class)
class SegmentTest {
    private final Parameters parameters = Parameters.seeded(5);
    private final Segment<Tensor> segment =
            Segment.of(parameters.at("one"), at -> at.register("weight", Initializer.normal(1), 4));
    private final Tensor weight = segment.layer();
    private int calls;

    @BeforeEach
    void train() {
        parameters.requireGradient(name -> true);
    }

    @AfterEach
    void free() {
        parameters.close();
    }

    /** x * w, dropped here and there, beside x * x. */
    private List<Tensor> step(Tensor layer, List<Tensor> in) {
        calls++;
        return List.of(torch.dropout(in.get(0).mul(layer), 0.5, true), in.get(0).square());
    }

    private static Tensor input() {
        return Tensors.of(new float[] {1, 2, 3, 4}, 4).set_requires_grad(true);
    }

    @Test
    void computesTwiceWithTheSameRandomNumbersAndGoesOnWithTheNextOnes() {
        List<float[]> plain = new ArrayList<>();
        List<float[]> again = new ArrayList<>();
        try (TensorScope scope = TensorScope.open()) {
            pass(plain);
            assertThat(calls).isEqualTo(1);
            weight.mutable_grad().zero_();
            Recomputation.during(() -> pass(again));
            assertThat(calls).isEqualTo(3);
        }
        assertThat(again).usingRecursiveComparison().isEqualTo(plain);
    }

    private boolean pass(List<float[]> numbers) {
        torch.manual_seed(11);
        Tensor x = input();
        Tensor inner = Tensors.times(x, 2);
        List<Tensor> out = segment.forward(List.of(inner), this::step);
        Tensor loss = out.get(0).mul(torch.rand(4)).add(out.get(1)).sum().add(inner.sum());
        loss.backward();
        for (Tensor tensor : List.of(loss, x.grad(), weight.grad(), torch.rand(3))) {
            numbers.add(Tensors.toFloats(tensor));
        }
        return true;
    }

    @Test
    void keepsNothingOfItsInside() {
        try (TensorScope scope = TensorScope.open()) {
            assertThat(holdersOfInside()).isEqualTo(2); // this test and the graph
            assertThat(Recomputation.during(this::holdersOfInside)).isEqualTo(1);
        }
    }

    /** Who holds what a segment computes on its way, after the forward pass. */
    private long holdersOfInside() {
        List<Tensor> inside = new ArrayList<>();
        Tensor out = segment.map(input(), (layer, in) -> {
            try (TensorScope scope = TensorScope.open()) {
                Tensor product = in.mul(layer);
                inside.add(scope.keep(new Tensor(product)));
                return scope.handOver(product.square()); // whose backward pass reads the product
            }
        });
        try (Tensor product = inside.get(0)) {
            assertThat(out.requires_grad()).isTrue();
            return product.use_count();
        }
    }

    @Test
    void whatLearnsNothingIsComputedOnce() {
        parameters.requireGradient(name -> false);
        try (TensorScope scope = TensorScope.open()) {
            Tensor still = torch.ones(4);
            Tensor out = Recomputation.during(() -> segment.forward(List.of(still), this::step))
                    .get(1);
            assertThat(out.requires_grad()).isFalse();
            Tensor frozen = input();
            Recomputation.during(() -> segment.forward(List.of(frozen), this::step))
                    .get(1)
                    .sum()
                    .backward();
            assertThat(calls).isEqualTo(3);
            assertThat(Tensors.toFloats(frozen.grad())).containsExactly(2, 4, 6, 8);
            assertThat(weight.grad().defined()).isFalse();
        }
    }

    @Test
    void whatTheLossDoesNotReadHasNoGradient() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = input();
            Recomputation.during(() -> segment.forward(List.of(x), this::step))
                    .get(1)
                    .sum()
                    .backward();
            assertThat(Tensors.toFloats(x.grad())).containsExactly(2, 4, 6, 8);
            assertThat(weight.grad().defined()).isFalse();
        }
    }

    @Test
    void whatPassesThroughStaysWhatItIs() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = input();
            Tensor by = Tensors.times(x, 3);
            List<Tensor> out = Recomputation.during(() -> segment.forward(
                    List.of(x, by), (layer, in) -> List.of(in.get(0).mul(layer), in.get(1))));
            assertThat(out.get(1).is_same(by)).isTrue();
            out.get(1).sum().add(out.get(0).sum()).backward();
            assertThat(Tensors.toFloats(weight.grad())).containsExactly(1, 2, 3, 4);
            assertThat(Tensors.toFloats(x.grad())).containsExactly(Tensors.toFloats(Tensors.plus(weight.detach(), 3)));
        }
    }

    @Test
    void withoutGradientItIsAStepLikeAnyOther() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor out = Recomputation.during(() -> segment.forward(List.of(torch.ones(4)), this::step))
                    .get(1);
            assertThat(out.requires_grad()).isFalse();
            assertThat(calls).isEqualTo(1);
        }
    }

    @Test
    void wantsAScopeThatOwnsWhatIsKept() {
        assertThatThrownBy(() -> Recomputation.during(() -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("open one that holds both");
    }

    @Test
    void manyPassesLeaveNothingBehind() {
        for (int i = 0; i < 20; i++) {
            largePass();
        }
        long before = residentKilobytes();
        for (int i = 0; i < 100; i++) {
            largePass();
        }
        assertThat(residentKilobytes() - before).isLessThan(20 * 1_000); // each tensor takes 960 a pass
    }

    private void largePass() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = torch.ones(1_000, 60, 4).set_requires_grad(true);
            Recomputation.during(() -> segment.forward(segment.forward(List.of(x), this::step), this::step))
                    .get(0)
                    .sum()
                    .backward();
        }
    }

    private static long residentKilobytes() {
        return Pointer.physicalBytes() / 1_000;
    }
}
