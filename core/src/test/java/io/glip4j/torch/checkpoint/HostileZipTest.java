package io.glip4j.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HostileZipTest {
    private static final byte[] PICKLE = {'}', '.'};
    private static final int CENTRAL_SIGNATURE = 0x02014b50;
    private static final int END_SIGNATURE = 0x06054b50;

    @Test
    void compressedEntriesAndSoBombsAreRefused() {
        byte[] bomb = new ZipBuilder()
                .add("archive/data.pkl", PICKLE)
                .addCompressed("archive/data/0", new byte[10_000_000])
                .build();
        assertBad(bomb, "'archive/data/0' is compressed (method 8)");
    }

    @Test
    void aZipOfSomethingElseIsRefused() {
        assertBad(new ZipBuilder().add("word/document.xml", PICKLE).build(), "a zip file without data.pkl");
    }

    @Test
    void otherByteOrderIsRefused() {
        byte[] file = new ZipBuilder()
                .add("archive/data.pkl", PICKLE)
                .add("archive/byteorder", "big".getBytes(StandardCharsets.UTF_8))
                .build();
        assertBad(file, "its byte order is 'big'");
    }

    @Test
    void twoEntriesOfOneNameAreRefused() {
        byte[] file = twoEntries();
        replace(file, "archive/data/1", "archive/data/0");
        assertBad(file, "two zip entries named 'archive/data/0'");
    }

    @Test
    void overlappingEntriesAreRefused() {
        ByteBuffer file = littleEndian(twoEntries());
        int second = find(file, CENTRAL_SIGNATURE, find(file, CENTRAL_SIGNATURE, 0) + 1);
        file.putInt(second + 42, file.getInt(find(file, CENTRAL_SIGNATURE, 0) + 42));
        assertBad(bytes(file), "overlaps another");
    }

    @Test
    void sizesBeyondTheFileAreRefused() {
        ByteBuffer file = littleEndian(twoEntries());
        int first = find(file, CENTRAL_SIGNATURE, 0);
        file.putInt(first + 20, 0x7fff_ffff).putInt(first + 24, 0x7fff_ffff);
        assertBad(bytes(file), "wanted 2147483647 bytes at");
    }

    @Test
    void twoSizesOfOneEntryAreRefused() {
        ByteBuffer file = littleEndian(twoEntries());
        file.putInt(find(file, CENTRAL_SIGNATURE, 0) + 24, 3);
        assertBad(bytes(file), "has two sizes, 8 and 3");
    }

    @Test
    void encryptedEntriesAreRefused() {
        ByteBuffer file = littleEndian(twoEntries());
        int first = find(file, CENTRAL_SIGNATURE, 0);
        file.putShort(first + 8, (short) 1);
        assertBad(bytes(file), "is encrypted");
    }

    @Test
    void aZip64DirectoryThatIsNotThereIsRefused() {
        ByteBuffer file = littleEndian(twoEntries());
        file.putShort(find(file, END_SIGNATURE, 0) + 10, (short) -1);
        assertBad(bytes(file), "wanted a zip64 locator");
    }

    @Test
    void aDirectoryElsewhereIsRefused() {
        ByteBuffer file = littleEndian(twoEntries());
        file.putInt(find(file, END_SIGNATURE, 0) + 16, 0x7fff_fff0);
        assertBad(bytes(file), "wanted 4 bytes at 2147483632");
    }

    private static void assertBad(byte[] file, String named) {
        assertThatThrownBy(() -> Checkpoints.read("bad.pth", file))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_CHECKPOINT))
                .hasMessageContaining("bad.pth")
                .hasMessageContaining(named);
    }

    private static byte[] twoEntries() {
        return new ZipBuilder()
                .add("archive/data/0", new byte[8])
                .add("archive/data/1", new byte[8])
                .add("archive/data.pkl", PICKLE)
                .build();
    }

    private static ByteBuffer littleEndian(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int find(ByteBuffer file, int signature, int from) {
        int at = from;
        while (file.getInt(at) != signature) {
            at++;
        }
        return at;
    }

    private static void replace(byte[] file, String text, String by) {
        String all = new String(file, StandardCharsets.ISO_8859_1);
        byte[] replaced = all.replace(text, by).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(replaced, 0, file, 0, file.length);
    }

    private static byte[] bytes(ByteBuffer file) {
        byte[] bytes = new byte[file.capacity()];
        file.get(0, bytes);
        return bytes;
    }
}
