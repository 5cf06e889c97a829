package io.glip4j.data.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.ClassNames;
import io.glip4j.data.GroundingSample;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenImagesTest {
    private static final String HEADER =
            "ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,IsGroupOf,IsDepiction,IsInside\n";
    private static final String CAT = "cat,xclick,/m/1,1,0.1,0.5,0.2,0.6,0,0,0,0,0\n";
    private static final String PEOPLE = "cat,xclick,/m/3,1,0,1,0,1,0,0,1,0,0\n";
    private static final List<String> VOCABULARY = List.of("Cat", "Dog", "Person", "Toy, soft");

    @TempDir
    Path folder;

    private final BadRecordLog log = new BadRecordLog(new BadRecords(2));

    @BeforeEach
    void copyPictures() throws IOException {
        Files.copy(Path.of("../examples/pictures/cat.jpg"), folder.resolve("cat.jpg")); // 451 x 300
        file("classes.csv", "/m/1,Cat\n/m/2,Dog\n/m/3,Person\n/m/4,\"Toy, soft\"\n");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private DetectionTable open(String boxes, Optional<Path> labels) throws IOException {
        return OpenImages.open(file("boxes.csv", boxes), folder.resolve("classes.csv"), labels, folder, log);
    }

    @Test
    void boxesAreSharesOfThePictureAndGroupsAreNeitherPresentNorAbsent() throws IOException {
        DetectionTable set = open(HEADER + CAT + PEOPLE, Optional.empty());

        GroundingSample sample = set.sample(0);
        assertThat(set.pictureSize(0)).isEqualTo(new ImageSize(451, 300));
        assertThat(sample.boxes()).hasSize(1);
        BoxXyxy box = sample.boxes().get(0);
        assertThat(box.x1()).isEqualTo(45.1f);
        assertThat(box.y1()).isEqualTo(60f);
        assertThat(box.x2()).isEqualTo(224.5f);
        assertThat(box.y2()).isEqualTo(179f);
        assertThat(sample.text()).isEqualTo(new ClassNames(VOCABULARY, List.of(0), List.of(1, 3)));
    }

    @Test
    void withImageLabelsOnlyWhatPeopleSaidIsAbsent() throws IOException {
        Path labels = file("labels.csv", """
                ImageID,Source,LabelName,Confidence
                cat,verification,/m/2,0
                cat,verification,/m/4,1
                cat,machine,/m/4,0
                cat,verification,/m/1,0
                other,verification,/m/4,0
                """);

        assertThat(open(HEADER + CAT, Optional.of(labels)).sample(0).text())
                .isEqualTo(new ClassNames(VOCABULARY, List.of(0), List.of(1)));
    }

    @Test
    void badRowsAreNamedByFileAndLine() throws IOException {
        String outside = "cat,xclick,/m/1,1,0.1,1.5,0.2,0.6,0,0,0\n";
        DetectionTable set = open(HEADER + CAT + "gone" + CAT.substring(3) + outside + CAT, Optional.empty());

        assertThat(set.sample(0).boxes()).hasSize(2);
        assertThat(log.lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("boxes.csv: line 3: wanted the picture", "gone.jpg"),
                        line -> assertThat(line).contains("boxes.csv: line 4: wanted a bbox inside image cat"));
        assertThatThrownBy(() -> open(HEADER + "cat,xclick,/m/1,1,a,1,0,1,0,0,0\n", Optional.empty()))
                .hasMessageContaining("boxes.csv: line 2: wanted a number as XMin, got a");
    }

    @Test
    void refusesOtherFiles() {
        assertThatThrownBy(() -> open("ImageID,LabelName\ncat,/m/1\n", Optional.empty()))
                .hasMessageContaining("boxes.csv: wanted the columns [ImageID, Source");
        assertThatThrownBy(() -> OpenImages.open(
                        folder.resolve("none.csv"), folder.resolve("classes.csv"), Optional.empty(), folder, log))
                .hasMessageContaining("none.csv");
    }
}
