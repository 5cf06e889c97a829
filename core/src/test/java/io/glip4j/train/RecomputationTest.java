package io.glip4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.Close;
import io.glip4j.OneThread;
import io.glip4j.SmallNetworks;
import io.glip4j.model.BertConfig;
import io.glip4j.model.ClipTextConfig;
import io.glip4j.model.FusedFeatures;
import io.glip4j.model.FusionConfig;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipConfig.Head;
import io.glip4j.model.GlipModel;
import io.glip4j.model.GlipOutput;
import io.glip4j.model.ImageConfig;
import io.glip4j.model.ImageFeatures;
import io.glip4j.model.Mode;
import io.glip4j.model.PostProcessConfig;
import io.glip4j.model.SwinConfig;
import io.glip4j.model.TextBatch;
import io.glip4j.model.TextEncoderConfig;
import io.glip4j.model.TextFeatures;
import io.glip4j.model.encoder.WordsBefore;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.train.ComputeConfig.Kept;
import io.glip4j.train.ComputeConfig.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of whole networks, with dropout and stochastic depth, where the insides of large parts are computed twice. */
@ExtendWith(OneThread.class)
class RecomputationTest {
    private static final int PASSES = 2;
    private static final double ROUNDING = 1e-6;

    private static final TextEncoderConfig BERT = new BertConfig(SmallNetworks.VOCABULARY, 24, 2, 3, 48, 40, 32);
    private static final TextEncoderConfig CLIP = new ClipTextConfig(SmallNetworks.VOCABULARY, 24, 2, 3, 32);

    /** Which parameters learn. */
    private enum Trained implements Predicate<String> {
        ALL,
        WORDS,
        NO_ENCODERS;

        @Override
        public boolean test(String name) {
            return switch (this) {
                case ALL -> true;
                case WORDS -> name.startsWith("language_backbone");
                case NO_ENCODERS -> !name.startsWith("backbone") && !name.startsWith("language_backbone");
            };
        }
    }

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of(SwinConfig.Version.V1, BERT, Numbers.FLOAT32, Trained.ALL, "all"),
                Arguments.of(SwinConfig.Version.V1, BERT, Numbers.BFLOAT16, Trained.ALL, "all"),
                Arguments.of(SwinConfig.Version.V1, BERT, Numbers.FLOAT32, Trained.WORDS, "text encoder"),
                Arguments.of(SwinConfig.Version.V1, BERT, Numbers.FLOAT32, Trained.NO_ENCODERS, "all but the encoders"),
                Arguments.of(SwinConfig.Version.V2, CLIP, Numbers.FLOAT32, Trained.ALL, "all"),
                Arguments.of(SwinConfig.Version.V2, CLIP, Numbers.BFLOAT16, Trained.ALL, "all"));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}, training {4}")
    @MethodSource("networks")
    void gradientsAreThoseOfAnOrdinaryPass(
            SwinConfig.Version version,
            TextEncoderConfig text,
            Numbers numbers,
            Predicate<String> trained,
            String description) {
        GlipConfig config = new GlipConfig(
                        "small",
                        new ImageConfig(64, 96, 32),
                        new SwinConfig(version, 12, List.of(2, 1, 2, 1), List.of(1, 2, 3, 4), 5, true, 0.4),
                        text,
                        new FusionConfig(2, 32, 8, 64, 4, 0.1),
                        PostProcessConfig.PUBLISHED,
                        Set.of(Head.NEXT_WORD))
                .withAnswers(SmallNetworks.ANSWERS);
        for (Looked looked : description.equals("all") ? Looked.values() : new Looked[] {Looked.EVERYTHING}) {
            Map<String, float[]> plain = gradients(config, new ComputeConfig(numbers, Kept.ALL), trained, looked);
            Map<String, float[]> again =
                    gradients(config, new ComputeConfig(numbers, Kept.BOUNDARIES), trained, looked);
            assertThat(again.keySet()).isEqualTo(plain.keySet()).isNotEmpty();
            plain.forEach((name, gradient) -> Close.assertClose(
                    looked + " " + name, Objects.requireNonNull(again.get(name)), gradient, ROUNDING));
        }
    }

    /** What a loss looks at. */
    private enum Looked {
        EVERYTHING,
        ANSWERS,
        DESCRIPTIONS
    }

    /** Sums over passes, of the parameters that have any. */
    private static Map<String, float[]> gradients(
            GlipConfig config, ComputeConfig compute, Predicate<String> trained, Looked looked) {
        Map<String, float[]> found = new LinkedHashMap<>();
        try (Parameters parameters = Parameters.seeded(3)) {
            GlipModel model = new GlipModel(parameters, config);
            parameters.requireGradient(trained);
            for (int pass = 0; pass < PASSES; pass++) {
                try (TensorScope scope = TensorScope.open()) {
                    torch.manual_seed(40 + pass);
                    compute.forward(() -> loss(model, looked)).backward();
                }
            }
            parameters.byName().forEach((name, parameter) -> {
                try (TensorScope scope = TensorScope.withoutGradient()) {
                    Tensor gradient = parameter.grad();
                    if (gradient.defined()) {
                        found.put(name, Tensors.toFloats(gradient));
                    }
                }
            });
        }
        return found;
    }

    private static Tensor loss(GlipModel model, Looked looked) {
        Tensor images = torch.randn(2, 3, 64, 96);
        Tensor ids = Tensors.of(new long[] {1, 5, 9, 2, 1, 7, 2, 0}, 2, 4);
        TextBatch words = new TextBatch(ids, ids.ne(new Scalar(0)).to(torch.ScalarType.Long));
        if (looked == Looked.DESCRIPTIONS) {
            Tensor told = model.describe(
                    model.memorize(model.encodeImages(images, Mode.TRAINING)), ids, WordsBefore.NONE, Mode.TRAINING);
            return model.nextWordHead().orElseThrow().forward(told).square().mean();
        }
        TextFeatures text = model.encodeText(words);
        ImageFeatures features = model.encodeImages(images, Mode.TRAINING);
        FusedFeatures fused = model.fuse(features, text, Mode.TRAINING);
        Tensor answers = model.answer(features, fused.text(), words.attentionMask())
                .square()
                .mean();
        if (looked == Looked.ANSWERS) {
            return answers;
        }
        GlipOutput output = model.predict(fused);
        return Stream.of(output.boxDeltas(), output.centerness(), output.wordLogits(), List.of(text.embedded()))
                .flatMap(List::stream)
                .map(part -> Tensors.exact(part).square().mean())
                .reduce(answers, Tensor::add);
    }
}
