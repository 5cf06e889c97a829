package io.glip4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.Close;
import io.glip4j.Goldens;
import io.glip4j.model.BertConfig;
import io.glip4j.model.ClipTextConfig;
import io.glip4j.model.SwinConfig;
import io.glip4j.model.TextEncoderConfig;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.checkpoint.Checkpoints;
import io.glip4j.torch.checkpoint.StateDict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bytedeco.pytorch.Tensor;

/** One recorded network, as far as its encoders go: weights, input, and what the reference made of it. */
final class EncoderGolden implements AutoCloseable {
    private static final double TOLERANCE = 1e-4;
    private static final String WORDS_BERT = "language_backbone.body.model.embeddings.word_embeddings.weight";
    private static final String WORDS_CLIP = "language_backbone.body.token_embedding.weight";
    private static final String POSITIONS = "language_backbone.body.model.embeddings.position_embeddings.weight";

    private final StateDict weights;
    private final StateDict expected;
    private final JsonNode model;

    private EncoderGolden(Path folder) {
        Path cut = folder.resolve("weights.safetensors");
        weights = Checkpoints.open(Files.exists(cut) ? cut : folder.resolve("model.pth"));
        expected = Checkpoints.open(folder.resolve("expected.safetensors"));
        try {
            model = new ObjectMapper()
                    .readTree(folder.resolve("case.json").toFile())
                    .required("model");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every folder of this case, whole or cut down to the encoders; there must be one. */
    static Stream<Path> folders(String name) {
        List<Path> folders = foldersIfAny(name).toList();
        assertThat(folders).as("folders of the case " + name).isNotEmpty();
        return folders.stream();
    }

    /** The same of a case that the repository itself has no copy of. */
    static Stream<Path> foldersIfAny(String name) {
        return Goldens.roots().stream()
                .flatMap(root -> Stream.of("model", "encoder")
                        .map(kind -> root.resolve(kind).resolve(name)))
                .filter(Files::isDirectory);
    }

    static EncoderGolden open(Path folder) {
        return new EncoderGolden(folder);
    }

    SwinConfig swinConfig() {
        JsonNode swin = model.required("swin");
        return new SwinConfig(
                swin.required("version").asText().equals("v2") ? SwinConfig.Version.V2 : SwinConfig.Version.V1,
                swin.required("embed_dim").asInt(),
                integers(swin.required("depths")),
                integers(swin.required("num_heads")),
                swin.required("window_size").asInt(),
                swin.required("layer_scale").asInt() == 1,
                0);
    }

    TextEncoderConfig textConfig() {
        JsonNode text = model.required("text");
        int width = text.required("dim").asInt();
        int layers = text.required("layers").asInt();
        int heads = text.required("heads").asInt();
        int maxTokens = text.required("max_query_len").asInt();
        return text.required("type").asText().equals("clip")
                ? new ClipTextConfig(rows(WORDS_CLIP), width, layers, heads, maxTokens)
                : new BertConfig(
                        rows(WORDS_BERT),
                        width,
                        layers,
                        heads,
                        text.required("intermediate").asInt(),
                        rows(POSITIONS),
                        maxTokens);
    }

    int pyramidChannels() {
        return model.required("fpn_channels").asInt();
    }

    private int rows(String table) {
        return Math.toIntExact(weights.info(table).shape().get(0));
    }

    private static List<Integer> integers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }

    /** Fills every parameter by its name; needs an open scope. */
    void load(Parameters parameters) {
        parameters.byName().forEach((name, parameter) -> {
            Tensor stored = weights.tensor(name);
            assertThat(Tensors.shape(stored)).as(name).isEqualTo(Tensors.shape(parameter));
            parameter.copy_(stored);
        });
    }

    /** Names in the checkpoint that start so. */
    List<String> names(String prefix) {
        return weights.names().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    Tensor expected(String name) {
        return expected.tensor(name);
    }

    void assertClose(String name, Tensor got) {
        Tensor wanted = expected.tensor(name);
        assertThat(Tensors.shape(got)).as(name).isEqualTo(Tensors.shape(wanted));
        Close.assertClose(name, Tensors.toFloats(got), Tensors.toFloats(wanted), TOLERANCE);
    }

    @Override
    public void close() {
        weights.close();
        expected.close();
    }
}
