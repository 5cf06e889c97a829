package io.glip4j.data.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.Caption;
import io.glip4j.data.GroundingSample;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlickrDatasetTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeTwoPictures() throws IOException {
        file("train.txt", "7\n8\n");
        file("7.jpg", "");
        file("8.jpg", "");
        for (int id : List.of(7, 8)) {
            file("Sentences/" + id + ".txt", """
                    [/EN#1/people A man] throws [/EN#2/other a ball] to [/EN#3/animals two dogs] .
                    It rains .
                    [/EN#3/animals Dogs] play .
                    """);
            file("Annotations/" + id + ".xml", """
                    <annotation><size><width>100</width><height>50</height><depth>3</depth></size>
                    <object><name>1</name><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>30</xmax><ymax>40</ymax></bndbox></object>
                    <object><name>2</name><scene>0</scene><nobndbox>1</nobndbox></object>
                    <object><name>3</name><bndbox><xmin>50</xmin><ymin>2</ymin><xmax>70</xmax><ymax>50</ymax></bndbox></object>
                    <object><name>3</name><bndbox><xmin>80</xmin><ymin>2</ymin><xmax>100</xmax><ymax>40</ymax></bndbox></object>
                    </annotation>""");
        }
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private FlickrDataset open(BadRecordLog log) {
        return FlickrDataset.open(folder, folder, "train", log);
    }

    @Test
    void aSampleIsASentenceWithBoxes() {
        FlickrDataset set = open(new BadRecordLog(BadRecords.REFUSE));

        assertThat(set.size()).isEqualTo(4);
        GroundingSample sample = set.sample(0);
        assertThat(sample.boxes())
                .as("the ball has no box; the last pixel is inside the picture")
                .containsExactly(new BoxXyxy(1, 2, 30, 40), new BoxXyxy(50, 2, 70, 49), new BoxXyxy(80, 2, 99, 40));
        assertThat(sample.text())
                .isEqualTo(new Caption(
                        "A man throws a ball to two dogs .",
                        List.of(List.of(new Span(0, 5)), List.of(new Span(23, 31)), List.of(new Span(23, 31)))));
        assertThat(((Caption) set.sample(1).text()).text()).isEqualTo("Dogs play .");
    }

    @Test
    void badPicturesAreNamedByFileAndLineAndLeftOut() throws IOException {
        file("Sentences/7.txt", "fine .\n[/EN A man] waves .\n");
        BadRecordLog log = new BadRecordLog(new BadRecords(1));

        assertThat(open(log).size()).isEqualTo(2);
        assertThat(log.lines()).singleElement().asString().contains("7.txt: line 2: wanted a phrase marked");
        Files.delete(folder.resolve("8.jpg"));
        assertThatThrownBy(() -> open(new BadRecordLog(new BadRecords(1))))
                .hasMessageContaining("picture 8: ")
                .hasMessageContaining("8.jpg");
    }
}
