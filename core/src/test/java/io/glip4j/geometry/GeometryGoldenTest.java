package io.glip4j.geometry;

import static io.glip4j.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.UnitGolden;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeometryGoldenTest {
    private static final double TOLERANCE = 1e-5;

    static List<UnitGolden> goldens() {
        return UnitGolden.all();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void encodesBoxes(UnitGolden golden) {
        float[] encoded =
                BoxCoder.encode(golden.floats("box_coder.boxes_xyxy"), golden.floats("box_coder.anchors_xyxy"));
        assertClose("encoded", encoded, golden.floats("box_coder.encoded"), TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void decodesBoxesInBothForms(UnitGolden golden) {
        float[] deltas = golden.floats("box_coder.deltas");
        float[] anchors = golden.floats("box_coder.anchors_xyxy");
        float[] expected = golden.floats("box_coder.decoded");
        float[] plain = new float[expected.length];
        for (int i = 0; i < expected.length; i += 4) {
            BoxCoder.decode(deltas[i], deltas[i + 1], deltas[i + 2], deltas[i + 3], anchors, i / 4, plain, i);
        }
        assertClose("decoded", plain, expected, TOLERANCE);
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor decoded = BoxCoder.decode(Tensors.of(deltas, 400, 4), Tensors.of(anchors, 400, 4));
            assertClose("decoded tensor", Tensors.toFloats(decoded), expected, TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void generalizedIouAndItsGradient(UnitGolden golden) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor anchors = Tensors.of(golden.floats("box_coder.anchors_xyxy"), 400, 4);
            Tensor deltas = Tensors.of(golden.floats("giou.pred"), 400, 4).set_requires_grad(true);
            Tensor targets = BoxCoder.decode(Tensors.of(golden.floats("giou.target"), 400, 4), anchors);
            Tensor weight = Tensors.of(golden.floats("giou.weight"), 400);
            Tensor overlap = BoxOverlap.generalizedIou(BoxCoder.decode(deltas, anchors), targets);
            Tensor loss = Tensors.plus(overlap.neg(), 1).mul(weight).sum();
            loss.backward();
            assertClose("loss", Tensors.toFloats(loss), golden.floats("giou.loss"), TOLERANCE);
            assertClose("gradient", Tensors.toFloats(deltas.grad()), golden.floats("giou.grad"), TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void suppressesAsRecorded(UnitGolden golden) {
        int[] kept = NonMaximumSuppression.keep(
                golden.floats("nms.boxes_xyxy"), golden.floats("nms.scores"), golden.ints("nms.labels"), 0.6);
        assertThat(kept).isEqualTo(golden.ints("nms.kept"));
    }
}
