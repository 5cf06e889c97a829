package io.glip4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.SmallNetworks;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** A new reader starts with what the fusion encoder knows of words. */
class ReaderStartTest {
    private static Tensor of(Map<String, Tensor> all, String name) {
        return Objects.requireNonNull(all.get("rpn.head." + name), name);
    }

    @Test
    void itsTextLayersAreThoseOfTheLastFusionBlock() {
        GlipConfig config = SmallNetworks.reader();
        try (Parameters parameters = Parameters.seeded(3);
                TensorScope scope = TensorScope.withoutGradient()) {
            new GlipModel(parameters, config);
            ReaderStart.apply(parameters, config);
            Map<String, Tensor> all = parameters.byName();
            for (String name : new String[] {"attention.self.query.weight", "output.dense.bias"}) {
                float[] last = Tensors.toFloats(of(all, "dyhead_tower.4." + name)); // of two blocks
                assertThat(Tensors.toFloats(of(all, "reading.1." + name))).isEqualTo(last);
                assertThat(Tensors.toFloats(of(all, "reading.3." + name))).isEqualTo(last);
            }
        }
    }
}
