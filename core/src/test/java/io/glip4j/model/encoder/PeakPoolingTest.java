package io.glip4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One object of a square shape on a map of two classes, 64 x 64 pixels at stride 4. */
class PeakPoolingTest {
    private static final int MAP = 64;
    private static final double PEAK_LOGIT = 3;
    private static final double NOTHING = -9;
    /** Half of the logits that the peak is above the background of -5. */
    private static final double EVIDENCE = (PEAK_LOGIT + 5) / 2;

    /** Each stride, added up as a pyramid does, sees the objects of its anchors' size plainly and others faintly or not at all. */
    @ParameterizedTest
    @CsvSource({"20, 0", "64, 0", "128, 1", "256, 2", "600, 2"})
    void anObjectIsSeenAtItsOwnStride(int side, int level) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            int row = 21;
            int column = 42;
            List<Tensor> sums = sums(row, column, side);
            for (int i = 0; i < sums.size(); i++) {
                Tensor evidence = sums.get(i).narrow(1, 0, 2);
                int factor = 2 << i;
                double seen = evidence.select(1, 1)
                        .select(1, row / factor)
                        .select(1, column / factor)
                        .item_double();
                if (i == level) {
                    assertThat(seen).as("stride %d", 4 * factor).isEqualTo(EVIDENCE, within(1e-4));
                } else {
                    assertThat(seen).as("stride %d", 4 * factor).isBetween(0.0, EVIDENCE / 2);
                }
                assertThat(evidence.sum().item_double()).isEqualTo(seen, within(1e-3));
            }
        }
    }

    /** Offsets in cells from the cell's centre, and sizes against an anchor of eight cells. */
    @ParameterizedTest
    @CsvSource({"64, 0", "128, 1", "256, 2"})
    void tellsTheBoxAgainstTheAnchor(int side, int level) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            int row = 21;
            int column = 42;
            int factor = 2 << level;
            Tensor box = sums(row, column, side)
                    .get(level)
                    .narrow(1, 2, PeakPooling.BOX)
                    .select(2, row / factor)
                    .select(2, column / factor); // (1, 4)
            double stride = 4.0 * factor;
            int cellX = column / factor;
            int cellY = row / factor;
            float[] told = Tensors.toFloats(box);
            assertThat((double) told[0]).isEqualTo(4 * column / stride - (cellX + 0.5), within(1e-4));
            assertThat((double) told[1]).isEqualTo(4 * row / stride - (cellY + 0.5), within(1e-4));
            assertThat((double) told[2]).isEqualTo(Math.log(side / (8 * stride)), within(1e-4));
            assertThat((double) told[3]).isEqualTo(Math.log(side / (8 * stride)), within(1e-4));
        }
    }

    private static List<Tensor> sums(int row, int column, int side) {
        Tensor logits = torch.full(new long[] {1, 2, MAP, MAP}, new Scalar(NOTHING));
        logits.select(1, 1).select(1, row).select(1, column).fill_(new Scalar(PEAK_LOGIT));
        Tensor sides = torch.full(new long[] {1, 4, MAP, MAP}, new Scalar(side / 2.0));
        List<Tensor> pooled = PeakPooling.pool(logits, sides);
        Tensor at16 = pooled.get(1).add(twice(pooled.get(2)));
        return List.of(pooled.get(0).add(twice(at16)), at16, pooled.get(2));
    }

    private static Tensor twice(Tensor x) {
        long[] size = {2 * x.size(2), 2 * x.size(3)};
        return torch.upsample_nearest2d(x, size, new DoubleOptional(), new DoubleOptional());
    }
}
