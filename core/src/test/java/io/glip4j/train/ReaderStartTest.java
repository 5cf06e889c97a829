package io.glip4j.train;

import static io.glip4j.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.SmallNetworks;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** A new reader's words look where the network grounds them. */
class ReaderStartTest {
    private static Tensor of(Map<String, Tensor> all, String name) {
        return Objects.requireNonNull(all.get("rpn.head." + name), name);
    }

    @Test
    void theFirstHeadScoresAsTheWordAlignmentDoes() {
        GlipConfig config = SmallNetworks.reader();
        try (Parameters parameters = Parameters.seeded(3);
                TensorScope scope = TensorScope.withoutGradient()) {
            GlipModel model = new GlipModel(parameters, config);
            Map<String, Tensor> all = parameters.byName();
            torch.normal_(of(all, "bias_lang"), 0, 1);
            torch.normal_(of(all, "dot_product_projection_text.bias"), 0, 1);
            of(all, "log_scale").add_(new Scalar(0.3));
            ReaderStart.apply(parameters, config);

            Tensor words = torch.randn(1, 4, 24);
            Tensor centred = words.sub(words.mean(new long[] {2}, true, new ScalarTypeOptional()));
            Tensor norm = centred.norm(new ScalarOptional(), new long[] {2}, true);
            Tensor normalised = centred.div(norm); // (1, 4, 24), mean 0, length 1
            Tensor visual = torch.randn(1, 9, 32);
            var alignment = model.wordAlignment();
            Tensor expected = Tensors.times(alignment.logits(visual, alignment.words(normalised)), 2);

            Tensor layerNormed = Tensors.times(normalised, Math.sqrt(24));
            for (int block = 0; block < config.readingBlocks(); block++) {
                String at = "reading." + 2 * block + ".";
                Tensor keys = layerNormed
                        .matmul(of(all, at + "l_proj.weight").narrow(0, 0, 32).transpose(0, 1))
                        .add(of(all, at + "l_proj.bias").narrow(0, 0, 32)); // (1, 4, 32)
                Tensor query = of(all, at + "v_proj.weight").narrow(0, 0, 32); // (32, 32 + places)
                assertThat(Tensors.toFloats(query.narrow(1, 32, query.size(1) - 32)))
                        .containsOnly(0);
                Tensor queries =
                        Tensors.times(visual, 3).matmul(query.narrow(1, 0, 32).transpose(0, 1)); // (1, 9, 32)
                Tensor bias = layerNormed
                        .matmul(of(all, at + "l_bias.weight").select(0, 0))
                        .add(of(all, at + "l_bias.bias").narrow(0, 0, 1)); // (1, 4)
                Tensor scores = queries.matmul(keys.transpose(1, 2)).add(bias.unsqueeze(1)); // (1, 9, 4)
                assertClose("block " + block, Tensors.toFloats(scores), Tensors.toFloats(expected), 1e-4);
            }
        }
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
