package io.glip4j.pretrained;

import static io.glip4j.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.UnitGolden;
import io.glip4j.model.BertConfig;
import io.glip4j.model.TextBatch;
import io.glip4j.model.encoder.BertTextEncoder;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MiniLmTest {
    private static final String PREFIX = "language_backbone.body.";
    private static final int GRAPH = 7;
    private static final int INITIALIZER = 5;

    @Test
    void encoderEqualsThePublishedGraph() {
        for (UnitGolden golden : UnitGolden.all("pretrained")) {
            try (Parameters parameters = Parameters.uninitialized();
                    TensorScope scope = TensorScope.withoutGradient()) {
                BertTextEncoder encoder =
                        new BertTextEncoder(parameters.at("language_backbone").at("body"), BertConfig.MINI_LM);
                MiniLm.load(parameters, PREFIX + "model.");
                long[] ids =
                        Arrays.stream(golden.ints("token_ids")).asLongStream().toArray();
                long[] ones = Arrays.stream(ids).map(id -> 1).toArray();
                TextBatch text = new TextBatch(Tensors.of(ids, 1, ids.length), Tensors.of(ones, 1, ids.length));
                assertClose("hidden", Tensors.toFloats(encoder.forward(text).hidden()), golden.floats("hidden"), 1e-5);
            }
        }
    }

    @Test
    void tokenizerIsThere() {
        assertThat(new String(MiniLm.tokenizerJson(), StandardCharsets.UTF_8)).contains("\"WordPiece\"");
    }

    static List<byte[]> broken() throws IOException {
        byte[] cutWeight = graph(INITIALIZER, message(out -> {
            out.writeTag(9, 2);
            out.writeUInt32NoTag(1 << 30);
            out.writeRawBytes(new byte[64]);
        }));
        byte[] negativeLength = {GRAPH << 3 | 2, -1, -1, -1, -1, 15};
        return List.of(
                "not a protobuf at all, but a text".getBytes(StandardCharsets.UTF_8),
                cutWeight,
                negativeLength,
                Arrays.copyOf(cutWeight, 12));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenFileIsRefused(byte[] file) {
        assertThatThrownBy(() -> OnnxReader.read(new ByteArrayInputStream(file), "made up", new Ignore()))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_CHECKPOINT))
                .hasMessageContaining("made up");
    }

    @Test
    void weightOfAnotherShapeIsNamed() throws IOException {
        byte[] file = graph(INITIALIZER, message(out -> {
            out.writeInt64(1, 2);
            out.writeInt32(2, 1);
            out.writeString(8, "embeddings.LayerNorm.weight");
            out.writeByteArray(9, new byte[8]);
        }));
        try (Parameters parameters = Parameters.uninitialized()) {
            BertTextEncoder encoder = new BertTextEncoder(parameters, BertConfig.MINI_LM);
            assertThat(encoder).isNotNull();
            assertThatThrownBy(() -> MiniLm.load(new ByteArrayInputStream(file), parameters, "model."))
                    .isInstanceOfSatisfying(
                            GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_MISMATCH))
                    .hasMessageContaining("embeddings.LayerNorm.weight")
                    .hasMessageContaining("(384)")
                    .hasMessageContaining("(2)");
        }
    }

    @Test
    void missingWeightsAreNamed() {
        try (Parameters parameters = Parameters.uninitialized()) {
            BertTextEncoder encoder = new BertTextEncoder(parameters, BertConfig.MINI_LM);
            assertThat(encoder).isNotNull();
            assertThatThrownBy(() -> MiniLm.load(new ByteArrayInputStream(new byte[0]), parameters, "model."))
                    .hasMessageContaining("embeddings.word_embeddings.weight");
        }
    }

    private interface Body {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        body.write(out);
        out.flush();
        return bytes.toByteArray();
    }

    private static byte[] graph(int field, byte[] content) throws IOException {
        byte[] graph = message(out -> out.writeByteArray(field, content));
        return message(out -> out.writeByteArray(GRAPH, graph));
    }

    private static final class Ignore implements OnnxReader.Visitor {
        @Override
        public void node(String operator, String name, List<String> inputs) {}

        @Override
        public void weight(String name, long[] shape, FloatBuffer values) {}
    }
}
