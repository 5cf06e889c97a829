package io.glip4j.model;

import static io.glip4j.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.GlipException;
import io.glip4j.torch.Form;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole network in its fast form against its plain form, on pictures and texts of many sizes. */
class FormTest {
    private static final double TOLERANCE = 1e-4;
    private static final double BFLOAT16_TOLERANCE = 0.1;
    private static final double OFFSET_DEVIATION = 0.05;
    private static final GlipConfig SMALL = new GlipConfig(
            "small",
            new ImageConfig(64, 96, 32),
            new SwinConfig(SwinConfig.Version.V1, 12, List.of(2, 1, 2, 1), List.of(1, 2, 3, 4), 5, false, 0),
            new BertConfig(60, 24, 2, 3, 48, 40, 32),
            new FusionConfig(2, 32, 8, 64, 4, 0),
            PostProcessConfig.PUBLISHED,
            Set.of());

    private static Parameters plainParameters;
    private static Parameters fastParameters;
    private static GlipModel plain;
    private static GlipModel fast;

    @BeforeAll
    static void build() {
        plainParameters = Parameters.seeded(3);
        plain = new GlipModel(plainParameters, SMALL);
        fastParameters = Parameters.uninitialized();
        fast = new GlipModel(fastParameters.in(Form.FAST), SMALL);
        try (TensorScope scope = TensorScope.withoutGradient()) {
            plainParameters.byName().forEach((name, tensor) -> {
                if (name.contains(".offset.")) { // drawn as zeros: let the taps move, by about a pixel
                    torch.normal_(tensor, 0, OFFSET_DEVIATION);
                }
                Objects.requireNonNull(fastParameters.byName().get(name)).copy_(tensor);
            });
        }
    }

    @AfterAll
    static void close() {
        plainParameters.close();
        fastParameters.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            1, 32, 32, 3
            1, 32, 160, 9
            1, 96, 64, 17
            1, 68, 100, 5
            2, 64, 96, 12
            3, 36, 44, 4
            1, 160, 224, 32
            """)
    void bothSayTheSame(int pictures, int height, int width, int tokens) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            torch.manual_seed(height + width);
            Tensor images = torch.randn(pictures, 3, height, width);
            TextBatch text = text(pictures, tokens);
            GlipOutput expected = plain.forward(images, text, Mode.INFERENCE);
            GlipOutput got = fast.forward(images, text, Mode.INFERENCE);
            for (int level = 0; level < expected.boxDeltas().size(); level++) {
                close("boxes", got.boxDeltas().get(level), expected.boxDeltas().get(level));
                close(
                        "centerness",
                        got.centerness().get(level),
                        expected.centerness().get(level));
                close(
                        "logits",
                        got.wordLogits().get(level),
                        expected.wordLogits().get(level));
                close(
                        "features",
                        got.fused().levels().get(level),
                        expected.fused().levels().get(level));
            }
        }
    }

    /** Eight binary digits: less than a tenth after a whole network with drawn weights. */
    @ParameterizedTest
    @CsvSource({"1, 64, 96, 12", "2, 36, 44, 4"})
    void bfloat16ComesClose(int pictures, int height, int width, int tokens) {
        try (Parameters halfParameters = Parameters.uninitialized();
                TensorScope scope = TensorScope.withoutGradient()) {
            GlipModel half = new GlipModel(halfParameters.in(Form.BFLOAT16), SMALL);
            plainParameters
                    .byName()
                    .forEach((name, tensor) -> Objects.requireNonNull(
                                    halfParameters.byName().get(name))
                            .copy_(tensor));
            torch.manual_seed(height);
            Tensor images = torch.randn(pictures, 3, height, width);
            GlipOutput expected = plain.forward(images, text(pictures, tokens), Mode.INFERENCE);
            GlipOutput got = half.forward(images, text(pictures, tokens), Mode.INFERENCE);
            for (int level = 0; level < expected.boxDeltas().size(); level++) {
                assertClose(
                        "logits",
                        Tensors.toFloats(got.wordLogits().get(level)),
                        Tensors.toFloats(expected.wordLogits().get(level)),
                        BFLOAT16_TOLERANCE);
                assertClose(
                        "features",
                        Tensors.toFloats(got.fused().levels().get(level)),
                        Tensors.toFloats(expected.fused().levels().get(level)),
                        BFLOAT16_TOLERANCE);
            }
        }
    }

    @Test
    void theFastFormDoesNotTrain() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor images = torch.randn(1, 3, 32, 32);
            TextBatch text = text(1, 4);
            assertThatThrownBy(() -> fast.forward(images, text, Mode.TRAINING))
                    .isInstanceOf(GlipException.class)
                    .hasMessageContaining("plain form");
        }
    }

    /** Each text one token shorter than the one before it, padded. */
    private static TextBatch text(int texts, int tokens) {
        long[] ids = new long[texts * tokens];
        long[] mask = new long[texts * tokens];
        for (int i = 0; i < ids.length; i++) {
            boolean real = i % tokens < tokens - i / tokens;
            ids[i] = real ? 1 + i % 50 : 0;
            mask[i] = real ? 1 : 0;
        }
        return new TextBatch(Tensors.of(ids, texts, tokens), Tensors.of(mask, texts, tokens));
    }

    private static void close(String what, Tensor got, Tensor expected) {
        assertClose(what, Tensors.toFloats(got), Tensors.toFloats(expected), TOLERANCE);
    }
}
