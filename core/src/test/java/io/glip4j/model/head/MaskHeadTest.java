package io.glip4j.model.head;

import static io.glip4j.Close.assertClose;

import io.glip4j.model.FusedFeatures;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Beyond what recorded cases hold it to. */
class MaskHeadTest {
    /** The public code takes the first picture's words for all boxes; here each box reads its own picture's. */
    @Test
    void everyBoxReadsTheWordsOfItsOwnPicture() {
        try (Parameters parameters = Parameters.seeded(5);
                TensorScope scope = TensorScope.withoutGradient()) {
            torch.manual_seed(5);
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

            assertClose("logits", Tensors.toFloats(together), Tensors.toFloats(alone), 1e-5);
        }
    }

    @Test
    void aBatchOfFourIsFourOfOne() {
        try (Parameters parameters = Parameters.seeded(3);
                TensorScope scope = TensorScope.withoutGradient()) {
            torch.manual_seed(6);
            MaskHead head = new MaskHead(parameters, 8, 6);
            List<Tensor> levels = List.of(random(4, 8, 16, 16), random(4, 8, 8, 8));
            Tensor text = random(4, 5, 6);
            float[] boxes = {3, 4, 60, 70, 10, 2, 99, 50, 0, 0, 127, 127, 40, 30, 44, 90, 7, 8, 80, 99, 5, 5, 6, 6};
            int[] pictures = {2, 0, 3, 1, 0, 2};
            Tensor together = head.forward(new FusedFeatures(levels, text), boxes, pictures)
                    .logits();
            for (int i = 0; i < pictures.length; i++) {
                int picture = pictures[i];
                FusedFeatures one = new FusedFeatures(
                        levels.stream()
                                .map(level -> level.narrow(0, picture, 1))
                                .toList(),
                        text.narrow(0, picture, 1));
                Tensor alone = head.forward(one, Arrays.copyOfRange(boxes, 4 * i, 4 * i + 4), new int[1])
                        .logits();
                assertClose("box " + i, Tensors.toFloats(together.narrow(0, i, 1)), Tensors.toFloats(alone), 1e-5);
            }
        }
    }

    private static Tensor random(long... shape) {
        return torch.randn(shape);
    }
}
