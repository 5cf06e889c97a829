package io.glip4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.BoxXyxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CocoDatasetTest {
    private static final String IMAGES = """
            {"id": 7, "file_name": "a.jpg", "width": 100, "height": 50},
            {"id": 9, "file_name": "b.jpg", "width": 10, "height": 10, "extra": {"x": [1]}}""";
    private static final String CATEGORIES = """
            {"id": 5, "name": "cat", "supercategory": "animal"}, {"id": 90, "name": "dog"}""";

    @TempDir
    private Path folder;

    @BeforeEach
    void makePictures() throws IOException {
        Files.write(folder.resolve("a.jpg"), new byte[1]);
        Files.write(folder.resolve("b.jpg"), new byte[1]);
    }

    private CocoDataset open(String images, String categories, String annotations, BadRecords policy)
            throws IOException {
        Path file = folder.resolve("set.json");
        Files.writeString(
                file,
                "{\"info\": {}, \"annotations\": [" + annotations + "], \"images\": [" + images + "], \"categories\": ["
                        + categories + "]}");
        return CocoDataset.open(file, folder, policy);
    }

    private static String annotation(long id, long image, long category, String box, int crowd) {
        return "{\"id\": " + id + ", \"image_id\": " + image + ", \"category_id\": " + category + ", \"bbox\": " + box
                + ", \"iscrowd\": " + crowd + ", \"segmentation\": [[1, 2, 3, 4]]}";
    }

    @Test
    void readsBoxesToTheirLastPixelAndLeavesCrowdsOut() throws IOException {
        CocoDataset set = open(
                IMAGES,
                CATEGORIES,
                annotation(1, 7, 90, "[10, 20, 30, 5.5]", 0) + "," + annotation(2, 7, 5, "[0, 0, 100, 50]", 1) + ","
                        + annotation(3, 9, 5, "[1, 1, 3, 3]", 1),
                BadRecords.REFUSE);

        assertThat(set.images()).hasSize(2);
        assertThat(set.size()).isEqualTo(1);
        GroundingSample sample = set.sample(0);
        assertThat(sample.picture()).isEqualTo(new PictureFile(folder.resolve("a.jpg")));
        assertThat(sample.boxes()).containsExactly(new BoxXyxy(10, 20, 39, 24.5));
        assertThat(sample.text()).isEqualTo(new ClassNames(List.of("cat", "dog"), List.of(1), List.of()));
        assertThat(set.annotations(set.images().get(0))).hasSize(2);
        assertThat(set.annotations(set.images().get(0)).get(1).crowd()).isTrue();
    }

    @Test
    void turnsNamesIntoWordsAndJoinsThoseThatAreTheSame() throws IOException {
        String names = """
                {"id": 1, "name": "traffic_light"}, {"id": 2, "name": "bow_(weapon)"}, {"id": 3, "name": "bow"}""";
        CocoDataset set = open(
                IMAGES,
                names,
                annotation(1, 7, 3, "[1, 2, 3, 4]", 0) + "," + annotation(2, 7, 2, "[1, 2, 3, 4]", 0),
                BadRecords.REFUSE);
        assertThat(set.vocabulary()).containsExactly("traffic light", "bow");
        assertThat(set.sample(0).text()).isEqualTo(new ClassNames(set.vocabulary(), List.of(1, 1)));
        assertThatThrownBy(() -> open(IMAGES, "{\"id\": 4, \"name\": \"(x)\"}", "", BadRecords.REFUSE))
                .hasMessageContaining("category 4: ");
    }

    @Test
    void cutsABoxThatReachesOutByAPixel() throws IOException {
        CocoDataset set = open(IMAGES, CATEGORIES, annotation(1, 7, 90, "[-0.5, 20, 101, 30.9]", 0), BadRecords.REFUSE);
        assertThat(set.sample(0).boxes()).containsExactly(new BoxXyxy(0, 20, 99, 49));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7 | 90 | [90, 20, 30, 5]   | bbox inside image 7 (100 x 50), got [x, y, width, height] [90.0, 20.0, 30.0, 5.0]
            7 | 90 | [-3, 20, 30, 5]   | bbox inside image 7
            7 | 90 | [10, 20, 0, 5]    | positive size
            7 | 90 | [10, 20, NaN, 5]  | positive size
            7 | 90 | [10, 20, 5]       | bbox of 4 numbers
            7 | 90 | "box"             | list of numbers
            7 | 3  | [10, 20, 30, 5]   | category of those listed (5, 90), got category_id 3
            8 | 90 | [10, 20, 30, 5]   | listed image, got image_id 8
            """)
    void refusesABadAnnotationAndNamesIt(long image, long category, String box, String message) {
        assertThatThrownBy(() -> open(IMAGES, CATEGORIES, annotation(41, image, category, box, 0), BadRecords.REFUSE))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ANNOTATIONS))
                .hasMessageContaining("set.json")
                .hasMessageContaining(message);
    }

    @Test
    void refusesRepeatedIds() {
        String box = annotation(1, 7, 90, "[1, 2, 3, 4]", 0);
        assertThatThrownBy(() -> open(IMAGES, CATEGORIES, box + "," + box, BadRecords.REFUSE))
                .hasMessageContaining("annotation 1: wanted each annotation id once");
        assertThatThrownBy(() -> open(IMAGES + "," + IMAGES, CATEGORIES, box, BadRecords.REFUSE))
                .hasMessageContaining("each image id once, got 7 twice");
        assertThatThrownBy(() -> open(IMAGES, CATEGORIES + "," + CATEGORIES, box, BadRecords.REFUSE))
                .hasMessageContaining("each category id once, got 5 twice");
    }

    @Test
    void refusesAMissingPicture() throws IOException {
        Files.delete(folder.resolve("b.jpg"));
        assertThatThrownBy(() -> open(IMAGES, CATEGORIES, "", BadRecords.REFUSE))
                .hasMessageContaining("image 9: wanted the picture")
                .hasMessageContaining("b.jpg");
    }

    @Test
    void dropsBadRecordsWhenAsked() throws IOException {
        CocoDataset set = open(
                IMAGES,
                CATEGORIES,
                annotation(1, 7, 90, "[1, 2, 3, 4]", 0) + "," + annotation(2, 7, 90, "[99, 2, 9, 4]", 0),
                BadRecords.DROP);
        assertThat(set.sample(0).boxes()).hasSize(1);
        assertThat(set.dropped()).singleElement().asString().contains("annotation 2");
    }

    @Test
    void goesOnBehindRecordsThatAreMalformedUpToALimit() throws IOException {
        String good = annotation(1, 7, 90, "[1, 2, 3, 4]", 0);
        String malformed = "{\"id\": 2, \"bbox\": {\"x\": [1, {}]}, \"image_id\": 7}, 5";
        CocoDataset set = open(IMAGES, CATEGORIES, malformed + "," + good, new BadRecords(2));

        assertThat(set.sample(0).boxes()).hasSize(1);
        assertThat(set.dropped())
                .satisfiesExactly(
                        line -> assertThat(line).contains("set.json: annotations[0]: wanted a list of numbers as bbox"),
                        line -> assertThat(line).contains("annotations[1]: wanted an object"));
        assertThatThrownBy(() -> open(IMAGES, CATEGORIES, malformed + "," + good, new BadRecords(1)))
                .hasMessageContaining("annotations[1]")
                .hasMessageContaining("one more bad record than the 1");
    }

    @Test
    void refusesPicturesOutsideTheFolder() {
        String image = "{\"id\": 7, \"file_name\": \"../a.jpg\", \"width\": 100, \"height\": 50}";
        assertThatThrownBy(() -> open(image, CATEGORIES, "", BadRecords.REFUSE))
                .hasMessageContaining("image 7: wanted a picture inside the folder");
    }

    @Test
    void refusesWhatIsNotCoco() throws IOException {
        Path file = folder.resolve("set.json");
        for (String text : List.of("", "[1]", "{\"images\": []}", "{\"images\": [", "{\"images\": 3}")) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> CocoDataset.open(file, folder, BadRecords.DROP))
                    .isInstanceOfSatisfying(
                            GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ANNOTATIONS));
        }
        assertThatThrownBy(() -> CocoDataset.open(folder.resolve("none.json"), folder, BadRecords.DROP))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE_FILE));
    }
}
