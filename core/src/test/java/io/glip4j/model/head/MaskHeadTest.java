package io.glip4j.model.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.GoldenTensors;
import io.glip4j.Goldens;
import io.glip4j.model.FusedFeatures;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.verify.RecordedCase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class MaskHeadTest {
    private static final int LEVELS = 5;
    private static final int LAST_TOWER_LAYER = 5;
    private static final int RECORDED_BOXES = 6;
    private static final int RECORDED_TOKENS = 32;

    @Test
    void matchesTheRecordedHead() {
        for (Path folder : Goldens.folders("model/glip_mask")) {
            try (GoldenTensors expected = GoldenTensors.expected(folder);
                    RecordedCase recorded = RecordedCase.open(folder);
                    Parameters parameters = Parameters.uninitialized();
                    TensorScope scope = TensorScope.withoutGradient()) {
                FusedFeatures fused = fused(expected);
                MaskHead head = new MaskHead(
                        parameters.at("roi_heads").at("mask"),
                        fused.levels().get(0).size(1),
                        fused.text().size(2));
                parameters.byName().forEach((name, parameter) -> parameter.copy_(recorded.weights().tensor(name)));

                MaskHead.Output output = head.forward(fused, boxes(expected), new int[RECORDED_BOXES]);

                expected.assertClose("mask.pooled", output.pooled(), 1e-4);
                expected.assertClose("mask.features", output.features(), 1e-4);
                expected.assertClose("mask.logits", output.logits().narrow(1, 0, RECORDED_TOKENS), 1e-4);
            }
        }
    }

    /** The public code takes the first picture's words for all boxes; here each box reads its own picture's. */
    @Test
    void everyBoxReadsTheWordsOfItsOwnPicture() {
        try (Parameters parameters = Parameters.seeded(5);
                TensorScope scope = TensorScope.withoutGradient()) {
            MaskHead head = new MaskHead(parameters, 8, 6);
            List<Tensor> levels = List.of(random(2, 8, 16, 16), random(2, 8, 8, 8));
            Tensor text = random(2, 4, 6);
            float[] box = {5, 9, 70, 81};
            Tensor alone = head.forward(
                            new FusedFeatures(
                                    levels.stream()
                                            .map(level -> level.narrow(0, 1, 1))
                                            .toList(),
                                    text.narrow(0, 1, 1)),
                            box,
                            new int[1])
                    .logits();

            float[] both = {1, 2, 33, 44, box[0], box[1], box[2], box[3]};
            Tensor together = head.forward(new FusedFeatures(levels, text), both, new int[] {0, 1})
                    .logits()
                    .narrow(0, 1, 1);

            assertThat(Tensors.toFloats(together))
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(Tensors.toFloats(alone));
        }
    }

    private static Tensor random(long... shape) {
        return org.bytedeco.pytorch.global.torch.randn(shape);
    }

    private static FusedFeatures fused(GoldenTensors expected) {
        String tower = "tower." + LAST_TOWER_LAYER;
        return new FusedFeatures(
                IntStream.range(0, LEVELS)
                        .mapToObj(level -> expected.tensor(tower + ".visual." + level))
                        .toList(),
                expected.tensor(tower + ".hidden"));
    }

    private static float[] boxes(GoldenTensors expected) {
        return Arrays.copyOf(expected.floats("detections.0.boxes_xyxy"), 4 * RECORDED_BOXES);
    }
}
