package io.glip4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.model.BertConfig;
import io.glip4j.model.ClipTextConfig;
import io.glip4j.model.TextEncoderConfig;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextLayerTest {
    private static final BertConfig BERT = new BertConfig(50, 8, 1, 2, 16, 12, 12);
    private static final ClipTextConfig CLIP = new ClipTextConfig(50, 8, 1, 2, 12);
    private static final int TOKENS = 5;
    private static final int UNPADDED = 3;

    static Stream<TextEncoderConfig> configs() {
        return Stream.of(BERT, CLIP);
    }

    @ParameterizedTest
    @MethodSource("configs")
    void paddingDoesNotReachTheTokens(TextEncoderConfig config) {
        try (Parameters parameters = Parameters.seeded(7)) {
            TextLayer layer = TextLayer.forFusion(parameters, config);
            try (TensorScope scope = TensorScope.withoutGradient()) {
                Tensor tokens = torch.randn(1, UNPADDED, config.width());
                Tensor padding = Tensors.times(torch.randn(1, TOKENS - UNPADDED, config.width()), 10);
                Tensor alone = layer.forward(tokens, Tensors.of(new long[] {1, 1, 1}, 1, UNPADDED));
                Tensor padded = layer.forward(
                        Tensors.cat(1, tokens, padding), Tensors.of(new long[] {1, 1, 1, 0, 0}, 1, TOKENS));

                assertThat(Tensors.toFloats(padded.narrow(1, 0, UNPADDED)))
                        .containsExactly(Tensors.toFloats(alone), within(1e-6f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void aSequenceOfPaddingStaysFinite(TextEncoderConfig config) {
        try (Parameters parameters = Parameters.seeded(7)) {
            TextLayer layer = TextLayer.forFusion(parameters, config);
            try (TensorScope scope = TensorScope.withoutGradient()) {
                Tensor out = layer.forward(torch.randn(1, 2, config.width()), Tensors.of(new long[] {0, 0}, 1, 2));

                for (float value : Tensors.toFloats(out)) {
                    assertThat(value).isFinite();
                }
            }
        }
    }

    @Test
    void theRangeOnlyMattersForHugeValues() {
        try (Parameters parameters = Parameters.seeded(7)) {
            BertLayer free = new BertLayer(parameters.at("free"), BERT, BertLayer.Range.FREE);
            BertLayer clamped = new BertLayer(parameters.at("clamped"), BERT, BertLayer.Range.CLAMPED);
            try (TensorScope scope = TensorScope.withoutGradient()) {
                parameters.byName().forEach((name, parameter) -> {
                    if (name.startsWith("clamped.")) {
                        parameter.copy_(parameters.byName().get(name.replace("clamped.", "free.")));
                    }
                });
                Tensor x = torch.randn(1, 4, BERT.width());
                Tensor mask = Tensors.of(new long[] {1, 1, 1, 1}, 1, 4);
                assertThat(Tensors.toFloats(clamped.forward(x, mask)))
                        .containsExactly(Tensors.toFloats(free.forward(x, mask)));

                Tensor bias = Objects.requireNonNull(parameters.byName().get("clamped.output.LayerNorm.bias"));
                bias.fill_(new Scalar(60_000));
                assertThat(Tensors.toFloats(clamped.forward(x, mask))).containsOnly(50_000f);
            }
        }
    }
}
