package io.glip4j.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.Goldens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PictureReaderTest {
    private static final PictureReader AS_STORED = PictureReader.DEFAULT.withOrientation(false);

    record Recorded(Path file, JsonNode expected) {
        @Override
        public String toString() {
            return file.getFileName().toString();
        }
    }

    static Stream<Recorded> recorded() throws IOException {
        List<Recorded> pictures = new ArrayList<>();
        for (Path folder : Goldens.folders("pictures")) {
            for (JsonNode expected :
                    new ObjectMapper().readTree(folder.resolve("expected.json").toFile())) {
                pictures.add(
                        new Recorded(folder.resolve(expected.required("file").asText()), expected));
            }
        }
        return pictures.stream();
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void readsEveryKindAsPillowDoes(Recorded golden) {
        Picture stored = AS_STORED.read(golden.file());
        assertThat(stored.size()).isEqualTo(size(golden.expected(), "width", "height"));
        assertThat(crc32(stored)).isEqualTo(golden.expected().required("crc32").asLong());
        Picture oriented = PictureReader.DEFAULT.read(golden.file());
        assertThat(oriented.size()).isEqualTo(size(golden.expected(), "orientedWidth", "orientedHeight"));
        assertThat(crc32(oriented))
                .isEqualTo(golden.expected().required("orientedCrc32").asLong());
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void refusesCutOffAndSurvivesDamagedFiles(Recorded golden) throws IOException {
        byte[] whole = Files.readAllBytes(golden.file());
        for (int length : new int[] {0, 3, 10, 30, whole.length / 4, whole.length / 2}) {
            assertThatExceptionOfType(GlipException.class)
                    .as("%d of %d bytes", length, whole.length)
                    .isThrownBy(() -> AS_STORED.read(Arrays.copyOf(whole, length), "cut.picture"))
                    .withMessageStartingWith("cut.picture: wanted ")
                    .matches(e -> e.code() == ErrorCode.UNREADABLE_PICTURE);
        }
        Random random = new Random(golden.toString().hashCode());
        PictureReader small = AS_STORED.withMaxPixels(1_000_000);
        for (int i = 0; i < 20; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(Math.min(200, whole.length))] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            try {
                small.read(damaged, "damaged");
            } catch (GlipException e) {
                assertThat(e.code()).isIn(ErrorCode.UNREADABLE_PICTURE, ErrorCode.PICTURE_TOO_LARGE);
            }
        }
    }

    @Test
    void refusesTooManyPixelsBeforeDecoding() throws IOException {
        // The header promises 65,500 x 65,500 pixels, and nothing else is there to decode.
        byte[] header = {
            (byte) 0xFF,
            (byte) 0xD8,
            (byte) 0xFF,
            (byte) 0xC0,
            0,
            17,
            8,
            (byte) 0xFF,
            (byte) 0xDC,
            (byte) 0xFF,
            (byte) 0xDC,
            3,
            1,
            0x22,
            0,
            2,
            0x11,
            1,
            3,
            0x11,
            1
        };
        assertThatExceptionOfType(GlipException.class)
                .isThrownBy(() -> PictureReader.DEFAULT.read(header, "bomb.jpg"))
                .withMessageContaining("bomb.jpg: wanted a picture of at most 178956970 pixels, got 65500 x 65500")
                .matches(e -> e.code() == ErrorCode.PICTURE_TOO_LARGE);
        Recorded any = recorded().findFirst().orElseThrow();
        long pixels = crcSize(any);
        assertThat(AS_STORED.withMaxPixels(pixels).read(any.file()).width()).isPositive();
        assertThatExceptionOfType(GlipException.class)
                .isThrownBy(() -> AS_STORED.withMaxPixels(pixels - 1).read(any.file()))
                .matches(e -> e.code() == ErrorCode.PICTURE_TOO_LARGE);
    }

    @Test
    void saysWhatIsNoPicture(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("notes.jpg"), "not a picture");
        assertUnreadable(text, "got 13 bytes that begin with 6e 6f 74");
        assertUnreadable(Files.createFile(folder.resolve("empty.png")), "got an empty file");
        assertUnreadable(folder, "got a folder");
        assertUnreadable(folder.resolve("missing.png"), "got no such file");
    }

    @Test
    void readsStreamsAndBytesAlike() throws IOException {
        Path file = recorded().findFirst().orElseThrow().file();
        byte[] encoded = Files.readAllBytes(file);
        byte[] expected = PictureReader.DEFAULT.read(file).rgb();
        assertThat(PictureReader.DEFAULT.read(encoded, "bytes").rgb()).isEqualTo(expected);
        assertThat(PictureReader.DEFAULT
                        .read(new ByteArrayInputStream(encoded), "stream")
                        .rgb())
                .isEqualTo(expected);
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        assertThatExceptionOfType(GlipException.class)
                .isThrownBy(() -> PictureReader.DEFAULT.read(broken, "camera"))
                .withMessageContaining("Stream closed");
    }

    private static void assertUnreadable(Path file, String part) {
        assertThatExceptionOfType(GlipException.class)
                .isThrownBy(() -> PictureReader.DEFAULT.read(file))
                .withMessageStartingWith(file + ": wanted ")
                .withMessageContaining(part)
                .matches(e -> e.code() == ErrorCode.UNREADABLE_PICTURE);
    }

    private static ImageSize size(JsonNode expected, String width, String height) {
        return new ImageSize(
                expected.required(width).asInt(), expected.required(height).asInt());
    }

    private static long crcSize(Recorded golden) {
        ImageSize size = size(golden.expected(), "width", "height");
        return (long) size.width() * size.height();
    }

    private static long crc32(Picture picture) {
        CRC32 checksum = new CRC32();
        checksum.update(picture.rgb());
        return checksum.getValue();
    }
}
