package io.glip4j.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.UnitGolden;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.geometry.Polygons;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaskLossTest {
    static List<UnitGolden> goldens() {
        return UnitGolden.all();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void everyPixelOfTheTargetsIsAsRecorded(UnitGolden golden) {
        JsonNode outlines = golden.cases().at("/mask_targets/polygons");
        float[] boxes = golden.floats("mask_targets.boxes_xyxy");
        byte[] expected = golden.bytes("mask_targets.targets");
        int pixels = MaskTargets.SIZE * MaskTargets.SIZE;
        assertThat(outlines.size()).isEqualTo(boxes.length / 4);
        for (int i = 0; i < outlines.size(); i++) {
            BoxXyxy box = new BoxXyxy(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]);
            float[] target = MaskTargets.of(polygons(outlines.get(i)), box, MaskTargets.SIZE);
            for (int pixel = 0; pixel < pixels; pixel++) {
                assertThat(target[pixel]).as("box %d pixel %d", i, pixel).isEqualTo(expected[i * pixels + pixel]);
            }
        }
    }

    @Test
    void thePhrasesTokensAreAveragedBeforeTheLoss() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor logits = Tensors.of(new float[] {9, -2, 4, 1}, 2, 2, 1, 1);
            Tensor targets = Tensors.of(new float[] {1, 0}, 2, 1, 1);
            double loss = Tensors.toFloats(MaskLoss.of(logits, List.of(List.of(1), List.of(0, 1)), targets))[0];
            double expected = (Math.log1p(Math.exp(2)) + Math.log1p(Math.exp(2.5))) / 2;
            assertThat(loss).isEqualTo(expected, within(1e-6));
        }
    }

    @Test
    void withoutBoxesThereIsNoLoss() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor logits = torch.zeros(0, 3, 28, 28).set_requires_grad(true);
            Tensor loss = MaskLoss.of(logits, List.of(), torch.zeros(0, 28, 28));
            loss.backward();
            assertThat(Tensors.toFloats(loss)).containsExactly(0);
        }
    }

    private static Polygons polygons(JsonNode parts) {
        return new Polygons(IntStream.range(0, parts.size())
                .mapToObj(part -> StreamSupport.stream(parts.get(part).spliterator(), false)
                        .mapToDouble(JsonNode::asDouble)
                        .toArray())
                .toList());
    }
}
