package io.glip4j.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.GlipConfig;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.checkpoint.Precision;
import io.glip4j.torch.checkpoint.SafetensorsWriter;
import io.glip4j.torch.checkpoint.StateDict;
import io.glip4j.torch.checkpoint.TorchWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    private static final GlipConfig NANO = GlipConfig.preset("nano");
    private static final String TOKENIZER = "{\"model\": \"Wörter\"}";

    @TempDir
    Path folder;

    @Test
    void aModelComesBackWhole() {
        Path file = folder.resolve("model.safetensors");
        try (Parameters saved = twoParameters(1)) {
            ModelFile.write(file, ModelHeader.of(NANO, TOKENIZER), weights(saved), Precision.FULL);
        }
        try (ModelFile model = ModelFile.open(file);
                Parameters loaded = twoParameters(0)) {
            assertThat(model.config()).isEqualTo(NANO);
            assertThat(model.header().tokenizer()).contains(TOKENIZER);
            assertThat(model.weights().metadata())
                    .containsEntry("glip4j.text_encoder", "bert")
                    .containsEntry("format", "pt");
            model.load(loaded, Map.of());
            assertThat(values(loaded, "head.weight")).containsExactly(1, 1);
            assertThat(values(loaded, "words.weight")).containsExactly(1);
        }
    }

    @Test
    void externalWeightsAreLeftOutAndFetched() {
        Path file = folder.resolve("model.safetensors");
        ModelHeader header = new ModelHeader(NANO, Optional.empty(), Map.of("words.", "a package"));
        try (Parameters saved = twoParameters(1)) {
            ModelFile.write(file, header, weights(saved), Precision.FULL);
        }
        try (ModelFile model = ModelFile.open(file);
                Parameters loaded = twoParameters(0)) {
            assertThat(model.weights().names()).containsExactly("head.weight");
            assertThat(model.header()).isEqualTo(header);
            ExternalWeights sevens = (parameters, prefix) -> fill(parameters, prefix + "weight", 7);
            model.load(loaded, Map.of("a package", sevens));
            assertThat(values(loaded, "head.weight")).containsExactly(1, 1);
            assertThat(values(loaded, "words.weight")).containsExactly(7);
            assertThatThrownBy(() -> model.load(loaded, Map.of("another", sevens)))
                    .isInstanceOfSatisfying(
                            GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_MISMATCH))
                    .hasMessageContaining("'words.'")
                    .hasMessageContaining("'a package'")
                    .hasMessageContaining("[another]");
        }
    }

    @Test
    void aStreamIsAsGoodAsAFile() throws IOException {
        Path file = folder.resolve("model.safetensors");
        try (Parameters saved = twoParameters(0.25)) {
            ModelFile.write(file, ModelHeader.of(NANO, TOKENIZER), weights(saved), Precision.HALF);
        }
        try (InputStream stream = Files.newInputStream(file);
                ModelFile model = ModelFile.read("embedded", stream);
                Parameters loaded = twoParameters(0)) {
            assertThat(model.weights().info("head.weight")).hasToString("F16 (1, 2)");
            model.load(loaded, Map.of());
            assertThat(values(loaded, "head.weight")).containsExactly(0.25f, 0.25f);
        }
    }

    @Test
    void aPublishedFileTakesTheCallersConfiguration() {
        Path file = folder.resolve("model.pth");
        try (Parameters saved = twoParameters(3)) {
            TorchWriter.write(file, weights(saved), Map.of("iteration", 7L), Precision.FULL);
        }
        try (ModelFile model = ModelFile.open(file, NANO);
                Parameters loaded = twoParameters(0)) {
            assertThat(model.config()).isEqualTo(NANO);
            assertThat(model.header().tokenizer()).isEmpty();
            model.load(loaded, Map.of());
            assertThat(values(loaded, "words.weight")).containsExactly(3);
        }
        assertThatThrownBy(() -> ModelFile.open(file))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_MISMATCH))
                .hasMessageContaining("'tiny' with Swin V1 of width 96")
                .hasMessageContaining("'large'")
                .hasMessageContaining("Give the network's configuration");
    }

    @Test
    void damagedHeadersAreNamed() {
        Map<String, String> good = ModelHeader.of(NANO, TOKENIZER).toMetadata();
        refused(Map.of("glip4j.version", "2"), "wanted version 1");
        refused(Map.of("glip4j.version", "1"), "'glip4j.config'");
        refused(with(good, "glip4j.text_encoder", "clip"), "said to be 'clip'");
        refused(with(good, "glip4j.external", "[1]"), "glip4j.external");
        refused(with(good, "glip4j.config", "{}"), "configuration");
    }

    private void refused(Map<String, String> metadata, String named) {
        Path file = folder.resolve("model.safetensors");
        try (Parameters saved = twoParameters(1)) {
            SafetensorsWriter.write(file, weights(saved), metadata, Precision.FULL);
        }
        assertThatThrownBy(() -> ModelFile.open(file))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_CHECKPOINT))
                .hasMessageContaining(file.toString())
                .hasMessageContaining(named);
    }

    private static Map<String, String> with(Map<String, String> metadata, String key, String value) {
        Map<String, String> changed = new HashMap<>(metadata);
        changed.put(key, value);
        return changed;
    }

    private static Parameters twoParameters(double value) {
        Parameters parameters = Parameters.uninitialized();
        parameters.register("head.weight", Initializer.ZEROS, 1, 2);
        parameters.register("words.weight", Initializer.ZEROS, 1);
        parameters.byName().keySet().forEach(name -> fill(parameters, name, value));
        return parameters;
    }

    private static StateDict weights(Parameters parameters) {
        return StateDict.of("test", parameters.byName());
    }

    private static void fill(Parameters parameters, String name, double value) {
        Initializer.constant(value)
                .fill(Objects.requireNonNull(parameters.byName().get(name)));
    }

    private static float[] values(Parameters parameters, String name) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            return Tensors.toFloats(Objects.requireNonNull(parameters.byName().get(name)));
        }
    }
}
