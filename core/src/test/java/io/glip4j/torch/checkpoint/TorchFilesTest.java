package io.glip4j.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.nio.file.Path;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that Python's torch.save wrote, in every form it has. */
class TorchFilesTest {
    static final Path FOLDER = Path.of("src/test/resources/io/glip4j/torch/checkpoint");

    @ParameterizedTest
    @ValueSource(strings = {"zip.pth", "legacy.pth", "protocol4.pth"})
    void readsEveryTypeAndLayout(String file) {
        try (StateDict weights = Checkpoints.open(FOLDER.resolve(file));
                TensorScope scope = TensorScope.withoutGradient()) {
            assertThat(weights.names())
                    .containsExactly(
                            "plain",
                            "transposed",
                            "view",
                            "half",
                            "brain",
                            "double",
                            "i64",
                            "i32",
                            "i16",
                            "i8",
                            "u8",
                            "bool",
                            "empty",
                            "parameter",
                            "expanded");
            floats(weights, "plain", "F32 (2, 2)", 1.5f, -2.25f, 3, 4e-3f);
            floats(weights, "transposed", "F32 (6, 4)", transposed());
            floats(weights, "view", "F32 (2, 3)", 6, 8, 10, 12, 14, 16);
            floats(weights, "half", "F16 (3)", 1.5f, -65504, 0x1p-24f);
            floats(weights, "brain", "BF16 (3)", 1.5f, -0x1.c4p127f, 0x1p-133f);
            floats(weights, "double", "F64 ()", (float) Math.PI);
            longs(weights, "i64", "I64 (2)", -(1L << 62), 7);
            longs(weights, "i32", "I32 (2)", Integer.MIN_VALUE, 7);
            longs(weights, "i16", "I16 (2)", Short.MIN_VALUE, 7);
            longs(weights, "i8", "I8 (2)", Byte.MIN_VALUE, 7);
            longs(weights, "u8", "U8 (2)", 255, 7);
            longs(weights, "bool", "BOOL (3)", 1, 0, 1);
            floats(weights, "empty", "F32 (0, 3)");
            floats(weights, "parameter", "F32 (2)", 1, 2);
            floats(weights, "expanded", "F32 (2, 3)", 5, 5, 5, 6, 6, 6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip.pth", "legacy.pth", "protocol4.pth"})
    void plainValuesBesideTheModelAreMetadata(String file) {
        try (StateDict weights = Checkpoints.open(FOLDER.resolve(file))) {
            assertThat(weights.metadata())
                    .containsEntry("iteration", "1234")
                    .containsEntry("lr", "0.5")
                    .containsEntry("note", "Grüße")
                    .containsEntry("done", "true")
                    .doesNotContainKeys("model", "optimizer", "scheduler");
        }
    }

    @Test
    void bareStateDictKeepsItsNames() {
        try (StateDict weights = Checkpoints.open(FOLDER.resolve("bare.pth"));
                TensorScope scope = TensorScope.withoutGradient()) {
            assertThat(weights.names()).containsExactly("plain", "transposed");
            floats(weights, "transposed", "F32 (6, 4)", transposed());
        }
    }

    @Test
    void unknownNameIsNamed() {
        try (StateDict weights = Checkpoints.open(FOLDER.resolve("bare.pth"))) {
            assertThatThrownBy(() -> weights.info("nothing")).isInstanceOfSatisfying(GlipException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.BAD_CHECKPOINT);
                assertThat(e).hasMessageContaining("bare.pth").hasMessageContaining("'nothing'");
            });
        }
    }

    @Test
    void aClosedFileIsNotTouchedAgain() {
        StateDict weights = Checkpoints.open(FOLDER.resolve("bare.pth"));
        weights.close();
        weights.close();
        assertThatThrownBy(() -> weights.tensor("plain"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    void whatCannotBeOpenedIsNamed() {
        for (String name : new String[] {"nowhere.pth", "."}) {
            assertThatThrownBy(() -> Checkpoints.open(FOLDER.resolve(name)))
                    .isInstanceOfSatisfying(
                            GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE_FILE))
                    .hasMessageContaining(FOLDER.resolve(name).toString());
        }
    }

    private static void floats(StateDict weights, String name, String info, float... values) {
        assertThat(weights.info(name)).hasToString(info);
        Tensor tensor = weights.tensor(name);
        assertThat(Tensors.shape(tensor)).as(name).isEqualTo(weights.info(name).shapeArray());
        assertThat(Tensors.toFloats(tensor)).as(name).containsExactly(values);
    }

    private static void longs(StateDict weights, String name, String info, long... values) {
        assertThat(weights.info(name)).hasToString(info);
        assertThat(Tensors.toLongs(weights.tensor(name))).as(name).containsExactly(values);
    }

    private static float[] transposed() {
        float[] values = new float[24];
        for (int i = 0; i < values.length; i++) {
            int row = i / 4;
            values[i] = row + 6 * (i % 4);
        }
        return values;
    }
}
