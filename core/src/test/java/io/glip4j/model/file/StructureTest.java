package io.glip4j.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.BertConfig;
import io.glip4j.model.ClipTextConfig;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipConfig.Head;
import io.glip4j.model.SwinConfig;
import io.glip4j.model.Task;
import io.glip4j.model.encoder.BertTextEncoder;
import io.glip4j.model.encoder.ClipTextEncoder;
import io.glip4j.model.encoder.SwinEncoder;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.checkpoint.StateDict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class StructureTest {
    @Test
    void presetIsToldByTheShapesOfTheRealLayers() {
        GlipConfig tiny = GlipConfig.preset("tiny");
        try (Parameters parameters = Parameters.uninitialized();
                TensorScope scope = TensorScope.withoutGradient()) {
            SwinEncoder image = new SwinEncoder(parameters.at("backbone").at("body"), (SwinConfig) tiny.imageEncoder());
            BertTextEncoder text =
                    new BertTextEncoder(parameters.at("language_backbone").at("body"), (BertConfig) tiny.textEncoder());
            assertThat(List.of(image, text)).hasSize(2);
            Map<String, Tensor> weights = new LinkedHashMap<>(parameters.byName());
            for (int block = 0; block < tiny.fusion().blocks(); block++) {
                weights.put("rpn.head.dyhead_tower." + 3 * block + ".b_attn.gamma_v", Tensors.of(new float[256], 256));
            }
            weights.put("rpn.head.dyhead_tower.0.b_attn.attn.v_proj.weight", Tensors.of(new float[2048], 2048, 1));
            assertThat(Structure.matchingPreset(StateDict.of("test", weights))).isEqualTo(tiny);

            weights.put("rpn.head.mlm_head.bias", Tensors.of(new float[1], 1));
            assertThat(Structure.matchingPreset(StateDict.of("test", weights)).heads())
                    .containsExactly(Head.MASKED_WORDS);
            weights.put("rpn.head.next_word_head.bias", Tensors.of(new float[1], 1));
            assertThat(Structure.matchingPreset(StateDict.of("test", weights)).tasks())
                    .containsExactly(Task.GROUND, Task.DESCRIBE);
            weights.put("rpn.head.answer_head.dense.bias", Tensors.of(new float[1], 1));
            assertThatThrownBy(() -> Structure.matchingPreset(StateDict.of("test", weights)))
                    .hasMessageContaining("wanted the list of answers");
            weights.remove("rpn.head.answer_head.dense.bias");

            weights.remove("rpn.head.dyhead_tower.15.b_attn.gamma_v");
            assertThatThrownBy(() -> Structure.matchingPreset(StateDict.of("test", weights)))
                    .isInstanceOf(GlipException.class)
                    .hasMessageContaining(
                            "got Swin V1 of width 96, depths [2, 2, 6, 2], heads [3, 6, 12, 24], window 7;")
                    .hasMessageContaining("; 5 fusion blocks of 256 channels, attention width 2048.");
        }
    }

    @Test
    void theOtherKindsAreDescribedToo() {
        SwinConfig swin =
                new SwinConfig(SwinConfig.Version.V2, 24, List.of(1, 2, 3, 1), List.of(1, 2, 4, 8), 5, true, 0);
        ClipTextConfig clip = new ClipTextConfig(100, 48, 2, 4, 16);
        try (Parameters parameters = Parameters.uninitialized()) {
            new SwinEncoder(parameters.at("backbone").at("body"), swin).channels();
            assertThat(new ClipTextEncoder(parameters.at("language_backbone").at("body"), clip))
                    .isNotNull();
            assertThat(new CheckpointShapes(StateDict.of("test", parameters.byName())).structure())
                    .hasToString("Swin V2 of width 24, depths [1, 2, 3, 1], heads [1, 2, 4, 8], window 5, layer scale; "
                            + "CLIP text of 100 words, width 48, 2 layers, 16 positions; "
                            + "0 fusion blocks of 0 channels, attention width 0");
        }
    }

    @Test
    void anythingElseIsNoStructure() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            StateDict weights = StateDict.of("odd", Map.of("conv.weight", Tensors.of(new float[1], 1)));
            assertThatThrownBy(() -> Structure.matchingPreset(weights))
                    .isInstanceOfSatisfying(
                            GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_MISMATCH))
                    .hasMessageContaining("odd: wanted the tensors of a preset, got an image encoder that is no Swin");
        }
    }
}
