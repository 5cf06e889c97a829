package io.glip4j.data.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.Caption;
import io.glip4j.data.ClassNames;
import io.glip4j.data.FileSlice;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.PictureFile;
import io.glip4j.data.ShardPicture;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.ImageSize;
import io.glip4j.input.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesDatasetTest {
    @TempDir
    Path folder;

    private final BadRecordLog log = new BadRecordLog(new BadRecords(20));

    @BeforeEach
    void copyPicture() throws IOException {
        Files.copy(Path.of("../examples/pictures/cat.jpg"), folder.resolve("cat.jpg")); // 451 x 300
    }

    private JsonLinesDataset open(Optional<Path> labels, String... lines) throws IOException {
        Path file = Files.writeString(folder.resolve("set.jsonl"), String.join("\n", lines));
        return JsonLinesDataset.open(file, labels, folder, log);
    }

    @Test
    void readsOdvgGrounding() throws IOException {
        JsonLinesDataset set = open(Optional.empty(), "", """
                {"filename": "cat.jpg", "height": 100, "width": 200, "grounding": {"caption": "A grey cat and a cat",
                 "regions": [{"phrase": "cat", "bbox": [10, 20, 30, 40]},
                             {"phrase": "a cat", "bbox": [[0, 0, 200, 100], [1, 1, 3, 3]]},
                             {"phrase": "x", "bbox": [1, 2, 3, 4], "tokens_positive": [[2, 6], [7, 10]]}]}}
                """.replace("\n", " "));

        GroundingSample sample = set.sample(0);
        assertThat(set.size()).isEqualTo(1);
        assertThat(set.pictureSize(0)).isEqualTo(new ImageSize(200, 100));
        assertThat(sample.picture()).isEqualTo(new PictureFile(folder.resolve("cat.jpg")));
        assertThat(sample.boxes())
                .containsExactly(
                        new BoxXyxy(10, 20, 29, 39),
                        new BoxXyxy(0, 0, 199, 99),
                        new BoxXyxy(1, 1, 2, 2),
                        new BoxXyxy(1, 2, 2, 3));
        List<Span> second = List.of(new Span(15, 20));
        assertThat(((Caption) sample.text()).phrases())
                .containsExactly(List.of(new Span(7, 10)), second, second, List.of(new Span(2, 6), new Span(7, 10)));
    }

    @Test
    void readsOdvgDetectionByCategoryOrByLabel() throws IOException {
        String line = """
                {"filename": "cat.jpg", "height": 100, "width": 200, "detection": {"instances": [
                 {"bbox": [10, 20, 30, 40], "label": 7, "category": "%s"}]}}""".replace("\n", " ");
        JsonLinesDataset byCategory = open(Optional.empty(), line.formatted("cat"), line.formatted("traffic_light"));
        assertThat(byCategory.sample(0).text())
                .isEqualTo(new ClassNames(List.of("cat", "traffic light"), List.of(0), List.of(1)));
        assertThat(byCategory.sample(1).text())
                .isEqualTo(new ClassNames(List.of("cat", "traffic light"), List.of(1), List.of(0)));

        Path labels = Files.writeString(folder.resolve("labels.json"), "{\"3\": \"dog\", \"7\": \"cat\"}");
        assertThat(open(Optional.of(labels), line.formatted("?")).sample(0).text())
                .isEqualTo(new ClassNames(List.of("dog", "cat"), List.of(1)));
    }

    @Test
    void readsCaptionsWithBoxesAndLooksUpSizes() throws IOException {
        JsonLinesDataset set = open(
                Optional.empty(),
                "{\"image\": \"cat.jpg\", \"caption\": \"no boxes here\"}",
                "{\"image\": \"cat.jpg\", \"caption\": \"ein \\ud834\\udd1e Kater\","
                        + " \"regions\": [{\"phrase\": \"Kater\", \"bbox\": [1, 2, 451, 300]}]}");

        assertThat(set.size()).as("samples with boxes").isEqualTo(1);
        assertThat(set.pictureSize(0)).isEqualTo(new ImageSize(451, 300));
        assertThat(((Caption) set.sample(0).text()).phrases()).containsExactly(List.of(new Span(6, 11)));
        assertThat(log.count()).isZero();
    }

    @Test
    void readsPicturesInsideTarFiles() throws IOException {
        Files.write(folder.resolve("shard.tar"), new byte[2000]);
        String line = "{\"filename\": \"a.jpg\", \"shard\": \"shard.tar\", \"offset\": 512, \"length\": 1024,"
                + " \"width\": 20, \"height\": 10, \"grounding\": {\"caption\": \"a cat\", \"regions\":"
                + " [{\"phrase\": \"cat\", \"bbox\": [1, 2, 3, 4]}]}}";

        assertThat(open(Optional.empty(), line).sample(0).picture())
                .isEqualTo(new ShardPicture(new FileSlice(folder.resolve("shard.tar"), 512, 1024), "a.jpg"));
    }

    @Test
    void badLinesAreNamedAndLeftOut() throws IOException {
        String good = "{\"image\": \"cat.jpg\", \"caption\": \"a cat\", \"regions\": [{\"phrase\": \"cat\","
                + " \"bbox\": [1, 2, 3, 4]}]}";
        JsonLinesDataset set = open(
                Optional.empty(),
                "{\"image\": \"cat.jpg\"",
                "[1]",
                good.replace("cat.jpg", "../cat.jpg"),
                good.replace("cat.jpg", "dog.jpg"),
                good.replace("\"phrase\": \"cat\"", "\"phrase\": \"dog\""),
                good.replace("[1, 2, 3, 4]", "[3, 2, 1, 4]"),
                good.replace("[1, 2, 3, 4]", "[1, 2, 3, 999]"),
                good.replace("\"caption\"", "\"words\""),
                good.replace("{\"image\"", "{\"width\": -1, \"height\": 3, \"image\""),
                good + good,
                "{\"image\": \"cat.jpg\", \"detection\": {}}",
                "",
                good);

        assertThat(set.size()).isEqualTo(1);
        String[] wanted = {
            "line 1: wanted a JSON object",
            "line 2: wanted a JSON object, got another value",
            "line 3: wanted a picture inside the folder",
            "line 4: wanted the picture",
            "line 5: ",
            "line 6: wanted a bbox [x, y, width, height] of positive size",
            "line 7: wanted a bbox inside the picture",
            "line 8: wanted a caption",
            "line 9: wanted a width and height of at least 1 pixel, got -1 x 3",
            "line 10: wanted a JSON object",
            "line 11: wanted a list as instances"
        };
        assertThat(log.lines()).hasSize(wanted.length);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(log.lines().get(i)).contains("set.jsonl: " + wanted[i]);
        }
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> JsonLinesDataset.open(folder.resolve("none.jsonl"), Optional.empty(), folder, log))
                .hasMessageContaining("none.jsonl: wanted a readable file");
    }
}
