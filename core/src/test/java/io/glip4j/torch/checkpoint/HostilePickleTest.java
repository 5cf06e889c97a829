package io.glip4j.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles that would act, or that are broken; text with {@code \n} and {@code \xHH} as Python writes bytes. */
class HostilePickleTest {
    private static final String TENSOR = "ctorch._utils\\n_rebuild_tensor_v2\\n";
    private static final String STORAGE = "(X\\x07\\x00\\x00\\x00storagectorch\\nFloatStorage\\nX\\x01\\x00\\x00\\x000"
            + "X\\x03\\x00\\x00\\x00cpuK\\x02NtQ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GLOBAL and REDUCE|cos\\nsystem\\n(S'touch owned'\\ntR.|'os.system'",
                "GLOBAL posix|cposix\\nsystem\\n.|'posix.system'",
                "GLOBAL eval|c__builtin__\\neval\\n.|'__builtin__.eval'",
                "GLOBAL of an allowed module|ctorch\\nload\\n.|'torch.load'",
                "GLOBAL with a dotted name|ccollections\\nOrderedDict.fromkeys\\n.|'collections.OrderedDict.fromkeys'",
                "STACK_GLOBAL|\\x80\\x04\\x8c\\x02os\\x8c\\x06system\\x93.|'os.system'",
                "inside a dict|}(X\\x05\\x00\\x00\\x00modelcsubprocess\\nPopen\\nu.|'subprocess.Popen'",
                "INST|(S'touch owned'\\nios\\nsystem\\n.|'os.system' (opcode INST)",
                "OBJ|(ccollections\\nOrderedDict\\no.|opcode OBJ",
                "NEWOBJ|ccollections\\nOrderedDict\\n)\\x81.|opcode NEWOBJ",
                "NEWOBJ_EX|ccollections\\nOrderedDict\\n)}\\x92.|opcode NEWOBJ_EX",
                "EXT1|\\x82\\x05.|registered extension 5",
                "PERSID|Pfile:/etc/passwd\\n.|'file:/etc/passwd' (opcode PERSID)",
                "BUILD of a function|ccollections\\nOrderedDict\\n}b.|opcode BUILD",
                "BUILD of a list|]}b.|opcode BUILD",
                "REDUCE of text|S'os.system'\\n)R.|opcode REDUCE",
                "REDUCE without a tuple|ccollections\\nOrderedDict\\n]R.|opcode REDUCE",
            })
    void whatActsIsRefusedByName(String kind, String pickle, String named) {
        assertRefused(kind, pickle, ErrorCode.UNSAFE_CHECKPOINT, named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no end|}|ends in the middle",
                "empty stack|.|more from the stack than there is",
                "below the mark|](.|more from the stack than there is",
                "no mark|t.|lacks a mark",
                "unknown opcode|\\xff.|unknown opcode 255",
                "protocol|\\x80\\x63.|of protocol 99",
                "memory|h\\x07.|entry 7, which was never stored",
                "memory below 0|g-1\\n.|entry -1, which was never stored",
                "text beyond the end|X\\xff\\xff\\xff\\x00abc.|ends in the middle",
                "absurd text|X\\xff\\xff\\xff\\x7fabc.|has a value of 2147483647 bytes",
                "absurd number|\\x8b\\xff\\xff\\xff\\x7f.|has a value of 2147483647 bytes",
                "negative length|\\x8d\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff.|has a value of -1 bytes",
                "no number|Iabc\\n.|a number that is none",
                "no real number|Fabc\\n.|a number that is none",
                "odd dict|(K\\x01d.|a key without a value",
                "key twice|}(K\\x01NK\\x01Nu.|has the key",
                "a list as key|}(]Nu.|a key of a dict is a Sequence",
                "append to a dict|}Na.|no list",
                "set in a list|](NNu.|no dict",
                "no state dict|K\\x01.|got a Whole",
                "no tensors|}.|holds no tensors",
                "outside object|K\\x01Q.|refers to something outside that is no storage",
                "no arguments|ctorch._utils\\n_rebuild_tensor_v2\\n)R.|wanted a Storage as argument 1",
                "dict of itself|}q\\x00(X\\x01\\x00\\x00\\x00ah\\x00u.|holds no tensors",
                "list of itself|]q\\x00h\\x00a.|got a Sequence",
            })
    void whatIsBrokenIsRefused(String kind, String pickle, String named) {
        assertRefused(kind, pickle, ErrorCode.BAD_CHECKPOINT, named);
    }

    /** Offset, sizes and strides of a tensor whose storage has two elements. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "too long|K\\x00K\\x03\\x85K\\x01\\x85|wants elements up to 3 of a storage that has 2",
                "offset|K\\x01K\\x02\\x85K\\x01\\x85|wants elements up to 3 of a storage that has 2",
                "negative offset|J\\xff\\xff\\xff\\xffK\\x02\\x85K\\x01\\x85|a tensor's offset is not a number of 0 or more",
                "negative size|K\\x00J\\xff\\xff\\xff\\xff\\x85K\\x01\\x85|size or stride is not a number of 0 or more",
                "negative stride|K\\x00K\\x02\\x85J\\xff\\xff\\xff\\xff\\x85|size or stride is not a number of 0 or more",
                "overflowing size|K\\x00J\\xff\\xff\\xff\\x7fJ\\xff\\xff\\xff\\x7fJ\\xff\\xff\\xff\\x7f\\x87K\\x00K\\x00K\\x00\\x87|"
                        + "larger than any memory",
                "overflowing stride|K\\x00K\\x02K\\x02\\x86\\x8a\\x08\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x7fK\\x01\\x86|"
                        + "beyond any memory",
                "huge number|K\\x00\\x8a\\x09\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x01\\x85K\\x01\\x85|not a number of 0 or more",
                "text as size|K\\x00X\\x01\\x00\\x00\\x002\\x85K\\x01\\x85|not a number of 0 or more",
                "axes|K\\x00K\\x02\\x85K\\x01K\\x01\\x86|1 sizes and 2 strides",
                "expansion|K\\x00J\\xff\\xff\\xff\\x7f\\x85K\\x00\\x85|glip4j expands by at most",
            })
    void tensorsStayInTheirStorage(String kind, String geometry, String named) {
        String pickle = "}(X\\x01\\x00\\x00\\x00a" + TENSOR + "(" + STORAGE + geometry + "\\x89NtRu.";
        assertRefused(kind, pickle, ErrorCode.BAD_CHECKPOINT, named);
    }

    @Test
    void missingDataIsNamed() {
        String pickle = "}(X\\x01\\x00\\x00\\x00a" + TENSOR + "(" + STORAGE.replace("\\x000X", "\\x007X")
                + "K\\x00K\\x02\\x85K\\x01\\x85\\x89NtRu.";
        assertRefused("missing", pickle, ErrorCode.BAD_CHECKPOINT, "the data of 'a' (storage '7') is missing");
    }

    @Test
    void deepNestingAndEndlessWorkAreBounded() {
        assertRefused("deep", "]".repeat(200_000) + "(".repeat(200_000) + ".", ErrorCode.BAD_CHECKPOINT, "the stack");
        assertRefused("deep tuples", ")" + "\\x85".repeat(100_000) + ".", ErrorCode.BAD_CHECKPOINT, "got a Tuple");
        assertRefused("long", "N0".repeat(2_100_000) + "N.", ErrorCode.BAD_CHECKPOINT, "more than 4000000 steps");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil-zip.pth", "evil-legacy.pth"})
    void pythonsOwnMaliciousFilesRunNothing(String name) {
        assertThatThrownBy(() -> Checkpoints.open(TorchFilesTest.FOLDER.resolve(name)))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSAFE_CHECKPOINT))
                .hasMessageContaining(name)
                .hasMessageContaining("'posix.system'")
                .hasMessageContaining("nothing of it was run");
        assertThat(Files.exists(Path.of("owned"))).isFalse();
    }

    private static void assertRefused(String kind, String pickle, ErrorCode code, String named) {
        byte[] file = new ZipBuilder()
                .add("archive/data.pkl", bytes(pickle))
                .add("archive/data/0", new byte[8])
                .build();
        assertThatThrownBy(() -> Checkpoints.read("bad.pth", file))
                .as(kind)
                .isInstanceOfSatisfying(
                        GlipException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
                .hasMessageContaining("bad.pth")
                .hasMessageContaining(named);
    }

    private static byte[] bytes(String escaped) {
        byte[] text = escaped.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length; i++) {
            if (text[i] != '\\') {
                bytes.write(text[i]);
            } else if (text[++i] == 'n') {
                bytes.write('\n');
            } else {
                bytes.write(Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
                i += 2;
            }
        }
        return bytes.toByteArray();
    }
}
