package io.glip4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.BertConfig;
import io.glip4j.model.ClipTextConfig;
import io.glip4j.model.TextBatch;
import io.glip4j.model.TextEncoderConfig;
import io.glip4j.model.TextFeatures;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextEncoderTest {
    private static final BertConfig BERT = new BertConfig(20, 8, 2, 2, 16, 6, 6);
    private static final ClipTextConfig CLIP = new ClipTextConfig(20, 8, 2, 2, 6);

    static Stream<TextEncoderConfig> configs() {
        return Stream.of(BERT, CLIP);
    }

    private static TextBatch batch(long... tokenIds) {
        long[] mask = new long[tokenIds.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = tokenIds[i] == 0 ? 0 : 1;
        }
        return new TextBatch(Tensors.of(tokenIds, 1, tokenIds.length), Tensors.of(mask, 1, mask.length));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void refusesMoreTokensThanItHasPositionsFor(TextEncoderConfig config) {
        try (Parameters parameters = Parameters.seeded(1);
                TensorScope scope = TensorScope.withoutGradient()) {
            TextEncoder encoder = TextEncoder.of(parameters, config);

            assertThat(encoder.forward(batch(1, 2, 3, 4, 5, 6)).hidden().size(1))
                    .isEqualTo(6);
            assertThatThrownBy(() -> encoder.forward(batch(1, 2, 3, 4, 5, 6, 7)))
                    .isInstanceOfSatisfying(
                            GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ARGUMENT))
                    .hasMessageContaining("at most 6 tokens, got 7");
        }
    }

    @Test
    void onlyBertZeroesPadding() {
        try (Parameters parameters = Parameters.seeded(1);
                TensorScope scope = TensorScope.withoutGradient()) {
            TextFeatures bert = TextEncoder.of(parameters.at("bert"), BERT).forward(batch(4, 5, 0));
            TextFeatures clip = TextEncoder.of(parameters.at("clip"), CLIP).forward(batch(4, 5, 0));

            assertThat(Tensors.toFloats(bert.embedded().narrow(1, 2, 1))).containsOnly(0f, -0f);
            assertThat(Tensors.toFloats(bert.embedded().narrow(1, 0, 2)))
                    .isEqualTo(Tensors.toFloats(bert.hidden().narrow(1, 0, 2)));
            assertThat(Tensors.toFloats(clip.embedded())).isEqualTo(Tensors.toFloats(clip.hidden()));
        }
    }

    @Test
    void bertsPaddingWordStartsAtZeroAndTakesNoGradient() {
        try (Parameters parameters = Parameters.seeded(1);
                TensorScope scope = TensorScope.open()) {
            TextEncoder encoder = TextEncoder.of(parameters, BERT);
            Tensor words = Objects.requireNonNull(parameters.byName().get("model.embeddings.word_embeddings.weight"));
            assertThat(Tensors.toFloats(words.select(0, 0))).containsOnly(0f);
            assertThat(Tensors.toFloats(words.select(0, 1))).doesNotContain(0f);
            parameters.requireGradient(name -> true);

            Tensor hidden = encoder.forward(batch(4, 0, 5)).hidden();
            hidden.mul(hidden).mul(hidden).sum().backward();

            assertThat(Tensors.toFloats(words.grad().select(0, 0))).containsOnly(0f);
            assertThat(Tensors.toFloats(words.grad().select(0, 4))).doesNotContain(0f);
        }
    }
}
