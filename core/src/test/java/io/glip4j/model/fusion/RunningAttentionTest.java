package io.glip4j.model.fusion;

import static io.glip4j.Close.assertClose;

import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tiles, in any number and shared out among any number of parts, against one softmax over all locations. */
class RunningAttentionTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1, 1",
        "9, 3, 4, 2, 1",
        "50, 5, 8, 7, 3",
        "64, 6, 4, 64, 50000",
        "33, 2, 3, 1, 50000",
        "40, 4, 4, 9, 0"
    })
    void isOneSoftmax(int locations, int queries, int channels, int tile, double reach) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            torch.manual_seed(locations);
            Tensor scores = Tensors.times(Tensors.plus(torch.rand(locations, queries), -0.5), 2 * reach);
            Tensor values = torch.randn(locations, channels);
            List<RunningAttention> parts = new ArrayList<>();
            for (int part = 0; part < 3; part++) {
                parts.add(new RunningAttention(queries, channels, ScalarType.Float));
            }
            for (int first = 0; first < locations; first += tile) {
                int count = Math.min(tile, locations - first);
                parts.get(first / tile % 3).add(scores.narrow(0, first, count), values.narrow(0, first, count));
            }
            RunningAttention whole = new RunningAttention(queries, channels, ScalarType.Float);
            whole.add(scores, values);
            Tensor expected = torch.softmax(scores, 0).transpose(0, 1).matmul(values); // (Q, C)
            assertClose("at once", Tensors.toFloats(whole.result()), Tensors.toFloats(expected), 1e-5);
            if (locations >= 3 * tile) { // else a part has seen nothing
                parts.get(0).add(parts.get(1));
                parts.get(0).add(parts.get(2));
                assertClose("in parts", Tensors.toFloats(parts.get(0).result()), Tensors.toFloats(expected), 1e-5);
            }
        }
    }
}
