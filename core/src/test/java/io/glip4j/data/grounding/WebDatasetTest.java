package io.glip4j.data.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.Caption;
import io.glip4j.data.GroundingSample;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.ImageSize;
import io.glip4j.input.PictureReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebDatasetTest {
    private static final Path CAT = Path.of("../examples/pictures/cat.jpg"); // 451 x 300
    private static final String RECORD = "{\"caption\": \"a cat\", \"width\": 451, \"height\": 300, \"regions\":"
            + " [{\"phrase\": \"cat\", \"bbox\": [10, 20, 300, 250]}]}";

    @TempDir
    Path folder;

    private byte[] cat = {};
    private final BadRecordLog log = new BadRecordLog(new BadRecords(5));

    @BeforeEach
    void readCat() throws IOException {
        cat = Files.readAllBytes(CAT);
    }

    private interface Body {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    private Path shard(String name, Body body) throws IOException {
        Path file = folder.resolve(name);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            body.write(tar);
        }
        return file;
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
        add(tar, name, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsPicturesAndRecordsFromTheirPlaces() throws IOException {
        shard("b.tar", tar -> {
            add(tar, "x/0001.jpg", cat);
            add(tar, "x/0001.json", RECORD);
            add(tar, "x/0002.json", "{\"regions\": [{\"phrase\": \"Ein Kater\", \"bbox\": [1, 2, 451, 300]}]}");
            add(tar, "x/0002.txt", "Ein Kater schläft.\n");
            add(tar, "x/0002.JPG", cat);
        });
        shard("a.tar", tar -> {
            add(tar, "n".repeat(150) + ".jpg", cat);
            add(tar, "n".repeat(150) + ".json", RECORD);
            add(tar, "unlabelled.jpg", cat);
            add(tar, "unlabelled.txt", "a caption without boxes");
        });
        Files.writeString(folder.resolve("readme.txt"), "not a shard");
        WebDataset set = WebDataset.open(folder, log);

        assertThat(log.lines()).isEmpty();
        assertThat(set.size()).isEqualTo(3);
        for (int i = 0; i < set.size(); i++) {
            GroundingSample sample = set.sample(i);
            assertThat(sample.picture().read(new ImageSize(451, 300)).rgb())
                    .isEqualTo(PictureReader.AS_STORED.read(CAT).rgb());
        }
        assertThat(set.sample(1).boxes()).containsExactly(new BoxXyxy(10, 20, 299, 249));
        assertThat(set.sample(1).picture().toString()).endsWith("b.tar: x/0001");
        assertThat(((Caption) set.sample(2).text()).text()).isEqualTo("Ein Kater schläft.");
        assertThat(set.pictureSize(2)).as("by the picture's header").isEqualTo(new ImageSize(451, 300));
    }

    @Test
    void hostileEntriesAreNamedAndNothingIsUnpacked() throws IOException {
        Path shard = shard("evil.tar", tar -> {
            TarArchiveEntry link = new TarArchiveEntry("0001.json", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
            add(tar, "/absolute.jpg", cat);
            add(tar, "a/../../outside.jpg", cat);
            add(tar, "words.json", RECORD);
            add(tar, "broken.jpg", cat);
            add(tar, "broken.json", "{");
            add(tar, "good.jpg", cat);
            add(tar, "good.json", RECORD);
        });
        WebDataset set = WebDataset.open(shard, log);

        assertThat(set.size()).isEqualTo(1);
        assertThat(log.lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("evil.tar: entry '0001.json': wanted a plain file"),
                        line -> assertThat(line).contains("entry '/absolute.jpg': wanted a name inside"),
                        line -> assertThat(line).contains("entry 'a/../../outside.jpg'"),
                        line -> assertThat(line).contains("sample words: wanted a picture"),
                        line -> assertThat(line).contains("sample broken: wanted a JSON object"));
        assertThat(folder.toFile().list()).containsExactly("evil.tar");
    }

    @Test
    void whatStandsBeforeABreakIsKept() throws IOException {
        Path shard = shard("whole.tar", tar -> {
            add(tar, "0001.json", RECORD);
            add(tar, "0001.jpg", cat);
            add(tar, "0002.json", RECORD);
            add(tar, "0002.jpg", cat);
        });
        byte[] whole = Files.readAllBytes(shard);
        int secondRecord = 512 + 512 + 512 + (cat.length + 511) / 512 * 512;
        for (int kept : new int[] {secondRecord + 5000, secondRecord, secondRecord + 100}) {
            BadRecordLog one = new BadRecordLog(new BadRecords(2));
            Files.write(shard, Arrays.copyOf(whole, kept));
            assertThat(WebDataset.open(shard, one).size()).as(kept + " bytes").isEqualTo(1);
            assertThat(one.lines().get(0)).contains("whole.tar: wanted a whole tar file");
        }
    }

    @Test
    void aSizeThatIsNotThereIsNotAllocated() throws IOException {
        Path shard = shard("bomb.tar", tar -> {
            add(tar, "0001.jpg", cat);
            add(tar, "0001.json", RECORD);
        });
        byte[] bytes = Files.readAllBytes(shard);
        System.arraycopy("77777777777".getBytes(StandardCharsets.US_ASCII), 0, bytes, 124, 11); // 8 GiB
        int sum = IntStream.range(0, 512)
                .map(i -> i >= 148 && i < 156 ? ' ' : bytes[i] & 0xff)
                .sum();
        System.arraycopy(String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII), 0, bytes, 148, 8);
        Files.write(shard, bytes);

        assertThat(WebDataset.open(shard, log).size()).isZero();
        assertThat(log.lines()).singleElement().asString().contains("breaks off inside '0001.jpg'");
    }

    @Test
    void refusesWhatIsNoTar() throws IOException {
        Path file = Files.writeString(folder.resolve("no.tar"), "x".repeat(2000));
        assertThatThrownBy(() -> WebDataset.open(file, new BadRecordLog(BadRecords.REFUSE)))
                .hasMessageContaining("no.tar: wanted a whole tar file");
        Files.delete(file);
        assertThatThrownBy(() -> WebDataset.open(folder, log)).hasMessageContaining("found none; unpack");
    }
}
