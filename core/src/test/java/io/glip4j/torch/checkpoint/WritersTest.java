package io.glip4j.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritersTest {
    @TempDir
    Path folder;

    private TensorScope scope;

    @BeforeEach
    void open() {
        scope = TensorScope.withoutGradient();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void safetensorsBytesAreAsTheFormatSays() throws IOException {
        Path file = folder.resolve("two.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("a", Tensors.of(new float[] {1, 2}, 2, 1));
        tensors.put("b", Tensors.of(new long[] {-1}, 1));
        SafetensorsWriter.write(file, StateDict.of("two", tensors), Map.of("who", "me"), Precision.FULL);

        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong(0);
        assertThat(length % 8).isZero();
        assertThat(new String(bytes.array(), 8, length, StandardCharsets.UTF_8).strip())
                .isEqualTo("{\"__metadata__\":{\"who\":\"me\"},"
                        + "\"b\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[8,16]}}");
        bytes.position(8 + length);
        assertThat(bytes.getLong()).isEqualTo(-1);
        assertThat(bytes.getFloat()).isEqualTo(1);
        assertThat(bytes.getFloat()).isEqualTo(2);
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void safetensorsComesBack() {
        Path file = folder.resolve("all.safetensors");
        SafetensorsWriter.write(file, StateDict.of("all", everyType()), Map.of("text", "Grüße\n\"x\""), Precision.FULL);
        try (StateDict back = Checkpoints.open(file)) {
            assertThat(back.metadata()).containsExactly(Map.entry("text", "Grüße\n\"x\""));
            assertSame(back, everyType());
        }
    }

    @Test
    void pthComesBackWithItsNumbers() {
        Path file = folder.resolve("all.pth");
        TorchWriter.write(file, StateDict.of("all", everyType()), Map.of("iteration", 5_000_000_000L), Precision.FULL);
        try (StateDict back = Checkpoints.open(file)) {
            assertThat(back.metadata()).containsEntry("iteration", "5000000000");
            assertThat(back.names()).containsExactlyElementsOf(everyType().keySet());
            assertSame(back, everyType());
        }
    }

    @Test
    void pthEntriesAreStoredAndAligned() {
        Path file = folder.resolve("all.pth");
        TorchWriter.write(file, StateDict.of("all", everyType()), Map.of(), Precision.FULL);
        StoredZip zip = new StoredZip(FileContent.open(file));
        assertThat(zip.entries().keySet())
                .startsWith("archive/data.pkl", "archive/byteorder", "archive/data/0")
                .endsWith("archive/version");
        assertThat(zip.entries().values())
                .allSatisfy(
                        entry -> assertThat(entry.start() % 64).as(entry.name()).isZero());
    }

    @Test
    void equalWeightsGiveEqualFiles() throws IOException {
        for (String name : List.of("one.pth", "two.pth")) {
            TorchWriter.write(
                    folder.resolve(name), StateDict.of("all", everyType()), Map.of("iteration", 1L), Precision.FULL);
        }
        assertThat(Files.mismatch(folder.resolve("one.pth"), folder.resolve("two.pth")))
                .isEqualTo(-1);
    }

    @Test
    void halfPrecisionHalvesMatricesThatFit() {
        Path file = folder.resolve("half.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("matrix", Tensors.of(new float[] {1.0001f, -2, 65504, 1e-5f}, 2, 2));
        tensors.put("large", Tensors.of(new float[] {1, 1e6f}, 1, 2));
        tensors.put("vector", Tensors.of(new float[] {1.0001f}, 1));
        SafetensorsWriter.write(file, StateDict.of("half", tensors), Map.of(), Precision.HALF);
        try (StateDict back = Checkpoints.open(file)) {
            assertThat(back.info("matrix")).hasToString("F16 (2, 2)");
            assertThat(back.info("large")).hasToString("F32 (1, 2)");
            assertThat(back.info("vector")).hasToString("F32 (1)");
            assertThat(Tensors.toFloats(back.tensor("matrix"))).containsExactly(1, -2, 65504, 0x1.5p-17f);
        }
    }

    @Test
    void largeTensorsGoPieceByPiece() {
        int count = 20_000_000; // 80 MB, more than one piece
        Tensor numbers = torch.arange(new Scalar(count)).to(ScalarType.Float);
        StateDict weights = StateDict.of("large", Map.of("numbers", numbers));
        TorchWriter.write(folder.resolve("large.pth"), weights, Map.of(), Precision.FULL);
        SafetensorsWriter.write(folder.resolve("large.safetensors"), weights, Map.of(), Precision.FULL);
        for (String name : List.of("large.pth", "large.safetensors")) {
            try (StateDict back = Checkpoints.open(folder.resolve(name))) {
                assertThat(back.tensor("numbers").equal(numbers)).as(name).isTrue();
            }
        }
    }

    @Test
    void failedWriteKeepsTheLastGoodFile() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Files.writeString(file, "good");
        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    channel.write(ByteBuffer.allocate(100));
                    throw new IOException("No space left on device");
                }))
                .isInstanceOfSatisfying(GlipException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CANNOT_WRITE);
                    assertThat(e)
                            .hasMessageContaining(file.toString())
                            .hasMessageContaining("No space left on device")
                            .hasMessageContaining("MB free");
                });
        assertThat(file).hasContent("good");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFolderOrAMissingParentIsAClearError() {
        for (Path place : List.of(folder, folder.resolve("nowhere").resolve("model.pth"))) {
            assertThatThrownBy(
                            () -> TorchWriter.write(place, StateDict.of("all", everyType()), Map.of(), Precision.FULL))
                    .isInstanceOfSatisfying(
                            GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANNOT_WRITE))
                    .hasMessageContaining(place.toString());
        }
    }

    private static void assertSame(StateDict back, Map<String, Tensor> tensors) {
        assertThat(back.names()).hasSameElementsAs(tensors.keySet());
        tensors.forEach((name, tensor) -> {
            assertThat(back.tensor(name).equal(tensor)).as(name).isTrue();
            assertThat(back.tensor(name).scalar_type().intern())
                    .isEqualTo(tensor.scalar_type().intern());
        });
    }

    static Map<String, Tensor> everyType() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("float.weight", Tensors.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2));
        tensors.put(
                "transposed", Tensors.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2).t());
        tensors.put("number", Tensors.of(new float[] {0.5f}));
        tensors.put("empty", Tensors.of(new float[0], 0, 7));
        for (DType type : DType.values()) {
            ScalarType scalarType = type.scalarType();
            tensors.put("type." + type, Tensors.of(new float[] {1, 0, 100}, 3).to(scalarType));
        }
        return tensors;
    }
}
