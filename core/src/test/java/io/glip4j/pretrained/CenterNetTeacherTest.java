package io.glip4j.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.UnitGolden;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class CenterNetTeacherTest {
    private static final double THRESHOLD = 0.13;

    /** The peaks of the published graph on the recorded picture, by their own threshold. */
    @Test
    void findsThePublishedPeaks() {
        UnitGolden golden = UnitGolden.all("pretrained").get(0);
        byte[] samples = golden.bytes("input");
        float[] values = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            values[i] = samples[i] & 0xff;
        }
        try (CenterNetTeacher teacher = new CenterNetTeacher();
                TensorScope scope = TensorScope.withoutGradient()) {
            Tensor rgb = Tensors.of(values, golden.shape("input"))
                    .permute(2, 0, 1)
                    .unsqueeze(0)
                    .contiguous();
            List<CenterNetTeacher.Found> found = teacher.find(rgb, THRESHOLD);

            assertThat(found.stream().map(one -> CenterNetTeacher.CLASSES.get(one.label())))
                    .containsExactly("person", "person", "bird", "person");
            CenterNetTeacher.Found best = found.get(0);
            assertThat(best.score()).isEqualTo(0.15240, within(1e-4));
            assertThat(best.box().x1()).isEqualTo(8.774, within(0.01));
            assertThat(best.box().y1()).isEqualTo(9.209, within(0.01));
            assertThat(best.box().x2()).isEqualTo(77.753, within(0.01));
            assertThat(best.box().y2()).isEqualTo(57.302, within(0.01));
        }
    }

    @Test
    void hasCocosClasses() {
        assertThat(CenterNetTeacher.CLASSES).hasSize(80).doesNotHaveDuplicates();
    }
}
