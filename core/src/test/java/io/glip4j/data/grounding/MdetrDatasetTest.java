package io.glip4j.data.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.Caption;
import io.glip4j.data.GroundingSample;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.ImageSize;
import io.glip4j.input.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MdetrDatasetTest {
    @TempDir
    Path folder;

    private final BadRecordLog log = new BadRecordLog(new BadRecords(4));

    @BeforeEach
    void makePictures() throws IOException {
        Files.write(folder.resolve("a.jpg"), new byte[1]);
    }

    private MdetrDataset open(String annotations) throws IOException {
        String text = "{\"annotations\": [" + annotations + """
                ], "images": [
                  {"id": 1, "file_name": "a.jpg", "width": 100, "height": 50, "caption": "𝄞 a man and his dogs",
                   "tokens_negative": [[0, 20]], "dataset_name": "flickr"},
                  {"id": 2, "file_name": "a.jpg", "width": 100, "height": 50, "caption": "a dog"}],
                 "categories": [{"id": 1, "name": "object"}]}""";
        return MdetrDataset.open(Files.writeString(folder.resolve("mixed.json"), text), folder, log);
    }

    private static String box(int id, int image, String tokens) {
        return "{\"id\": " + id + ", \"image_id\": " + image + ", \"bbox\": [10, 20, 30, 5], \"category_id\": 1,"
                + " \"tokens_positive\": " + tokens + "}";
    }

    @Test
    void eachBoxHasItsWordsInCodePoints() throws IOException {
        MdetrDataset set = open(box(1, 1, "[[2, 7]]") + "," + box(2, 1, "[[4, 7], [16, 20]]"));

        assertThat(set.size()).as("pictures with boxes").isEqualTo(1);
        assertThat(set.pictureSize(0)).isEqualTo(new ImageSize(100, 50));
        GroundingSample sample = set.sample(0);
        assertThat(sample.boxes()).containsExactly(new BoxXyxy(10, 20, 39, 24), new BoxXyxy(10, 20, 39, 24));
        Caption caption = (Caption) sample.text();
        assertThat(caption.phrases())
                .containsExactly(List.of(new Span(2, 7)), List.of(new Span(4, 7), new Span(16, 20)));
        assertThat(new Span(2, 7).in(caption.text())).isEqualTo("a man");
        assertThat(new Span(16, 20).in(caption.text())).isEqualTo("dogs");
        assertThat(log.count()).isZero();
    }

    @Test
    void wordsThatAreNoneLeaveABoxOut() throws IOException {
        MdetrDataset set = open(String.join(
                ",",
                box(1, 2, "[[0, 6]]"),
                box(2, 2, "[]"),
                box(3, 2, "[[3, 1]]"),
                box(4, 2, "[[1, 2]]"),
                box(5, 2, "[[2, 5]]")));

        assertThat(set.sample(0).boxes()).hasSize(1);
        assertThat(log.lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("mixed.json: annotations[0]: annotation 1: ", "got [0, 6]"),
                        line -> assertThat(line).contains("annotation 2: wanted tokens_positive"),
                        line -> assertThat(line).contains("annotations[2]: wanted tokens_positive as pairs"),
                        line -> assertThat(line).contains("annotation 4: ", "got [1, 2]"));
        assertThatThrownBy(() -> open(box(6, 9, "[[2, 5]]")))
                .hasMessageContaining("annotation 6: wanted the id of a listed image")
                .hasMessageContaining("than the 4");
    }
}
