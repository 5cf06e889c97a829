package io.glip4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.model.Mode;
import io.glip4j.model.TextBatch;
import io.glip4j.model.TextFeatures;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Image and text encoders against the recorded reference. */
class EncoderGoldenTest {
    static Stream<Path> images() {
        return Stream.of(
                        EncoderGolden.folders("glip_window"),
                        EncoderGolden.folders("glip_swinv2"),
                        EncoderGolden.foldersIfAny("glip_tiny"))
                .flatMap(folders -> folders);
    }

    static Stream<Path> texts() {
        return Stream.of(
                        EncoderGolden.folders("glip_window"),
                        EncoderGolden.folders("glip_clip"),
                        EncoderGolden.foldersIfAny("glip_tiny"))
                .flatMap(folders -> folders);
    }

    @ParameterizedTest
    @MethodSource("images")
    void mapsAndPyramidEqualTheReference(Path folder) {
        try (EncoderGolden golden = EncoderGolden.open(folder);
                Parameters parameters = Parameters.uninitialized();
                TensorScope scope = TensorScope.withoutGradient()) {
            Parameters backbone = parameters.at("backbone");
            SwinEncoder encoder = new SwinEncoder(backbone.at("body"), golden.swinConfig());
            FeaturePyramid pyramid =
                    new FeaturePyramid(backbone.at("fpn"), encoder.channels(), golden.pyramidChannels());
            assertThat(golden.names("backbone."))
                    .filteredOn(stored -> !stored.endsWith(".relative_position_index")) // follows from the window
                    .containsExactlyInAnyOrderElementsOf(parameters.byName().keySet());
            golden.load(parameters);

            List<Tensor> maps = encoder.forward(golden.expected("input.images"), Mode.INFERENCE);
            List<Tensor> levels = pyramid.forward(maps);

            assertThat(maps).hasSize(3);
            for (int i = 0; i < maps.size(); i++) {
                golden.assertClose("swin." + (i + 1), maps.get(i));
            }
            assertThat(levels).hasSize(FeaturePyramid.LEVELS);
            for (int i = 0; i < levels.size(); i++) {
                golden.assertClose("fpn." + i, levels.get(i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void wordFeaturesEqualTheReference(Path folder) {
        try (EncoderGolden golden = EncoderGolden.open(folder);
                Parameters parameters = Parameters.uninitialized();
                TensorScope scope = TensorScope.withoutGradient()) {
            TextEncoder encoder =
                    TextEncoder.of(parameters.at("language_backbone").at("body"), golden.textConfig());
            assertThat(golden.names("language_backbone."))
                    .containsExactlyInAnyOrderElementsOf(parameters.byName().keySet());
            golden.load(parameters);

            TextFeatures features = encoder.forward(
                    new TextBatch(golden.expected("input.input_ids"), golden.expected("input.attention_mask")));

            golden.assertClose("language.embedded", features.embedded());
            golden.assertClose("language.hidden", features.hidden());
            assertThat(Tensors.toLongs(features.attentionMask()))
                    .isEqualTo(Tensors.toLongs(golden.expected("language.masks")));
        }
    }
}
