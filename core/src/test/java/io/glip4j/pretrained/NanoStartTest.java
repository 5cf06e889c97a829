package io.glip4j.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.GlipException;
import io.glip4j.input.Span;
import io.glip4j.input.TokenizedText;
import io.glip4j.input.Tokenizer;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.Mode;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class NanoStartTest {
    /** Before any training, evidence for a class points to the class's word, in a prompt never used to align them. */
    @Test
    void evidenceAndWordsAgree() {
        GlipConfig config = GlipConfig.preset("nano");
        try (Parameters parameters = Parameters.seeded(1);
                Tokenizer tokenizer = NanoStart.tokenizer();
                TensorScope scope = TensorScope.withoutGradient()) {
            GlipModel model = new GlipModel(parameters, config);
            NanoStart.apply(parameters, model, config);

            List<Integer> labels = List.of(0, 2, 14, 16, 39, 56, 62);
            List<String> names =
                    labels.stream().map(CenterNetTeacher.CLASSES::get).toList();
            TokenizedText text = tokenizer.encode(String.join(", ", names));
            Tensor fused = model.forward(torch.zeros(1, 3, 64, 64), Tokenizer.batch(List.of(text)), Mode.INFERENCE)
                    .fused()
                    .text(); // (1, T, Ct)
            Tensor lateral = parameter(parameters, "backbone.fpn.fpn_inner3.weight"); // (C, in, 1, 1)
            Tensor evidence = lateral.narrow(1, lateral.size(1) - 84, 80).flatten(1, 3); // (C, 80)
            Tensor words = torch.matmul(
                            Tensors.times(Tensors.normalizeLast(fused), 0.5).squeeze(0),
                            parameter(parameters, "rpn.head.dot_product_projection_text.weight")
                                    .t())
                    .add(parameter(parameters, "rpn.head.dot_product_projection_text.bias")); // (T, C)
            Tensor agreement = words.matmul(evidence); // (T, 80)

            int begin = 0;
            for (int i = 0; i < names.size(); i++) {
                int end = begin + names.get(i).length();
                int token = text.positions(List.of(new Span(begin, end))).get(0);
                float[] row = Tensors.toFloats(agreement.select(0, token));
                int best = 0;
                for (int label = 1; label < row.length; label++) {
                    best = row[label] > row[best] ? label : best;
                }
                assertThat(CenterNetTeacher.CLASSES.get(best)).isEqualTo(names.get(i));
                begin = end + 2;
            }
        }
    }

    @Test
    void anotherNetworkIsRefused() {
        try (Parameters parameters = Parameters.uninitialized()) {
            GlipConfig nano = GlipConfig.preset("nano");
            GlipModel model = new GlipModel(parameters, nano);
            assertThatThrownBy(() -> NanoStart.apply(parameters, model, GlipConfig.preset("tiny")))
                    .isInstanceOf(GlipException.class)
                    .hasMessageContaining("nano");
        }
    }

    private static Tensor parameter(Parameters parameters, String name) {
        Tensor parameter = parameters.byName().get(name);
        if (parameter == null) {
            throw new AssertionError("no " + name);
        }
        return parameter;
    }
}
