package io.glip4j.data.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.BadRecordLog;
import io.glip4j.data.BadRecords;
import io.glip4j.data.ClassNames;
import io.glip4j.data.GroundingSample;
import io.glip4j.data.PictureFile;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CocoShapedTableTest {
    @TempDir
    Path folder;

    private final BadRecordLog log = new BadRecordLog(new BadRecords(2));

    @BeforeEach
    void makePictures() throws IOException {
        for (String name : List.of("train2017/000000000001.jpg", "train2017/000000000002.jpg", "patch8/a.jpg")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.write(folder.resolve(name), new byte[1]);
        }
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("set.json"), text);
    }

    private static String box(long id, long image, long category, String rest) {
        return "{\"id\": " + id + ", \"image_id\": " + image + ", \"category_id\": " + category
                + ", \"bbox\": [10, 20, 30, 5]" + rest + "}";
    }

    /** Annotations stand first, as in the published files. */
    private Path lvis(String annotations) throws IOException {
        return file("{\"annotations\": [" + annotations + """
                ], "images": [
                   {"id": 1, "width": 100, "height": 50, "neg_category_ids": [3, 9], "not_exhaustive_category_ids": [2],
                    "coco_url": "http://images.example/train2017/000000000001.jpg"},
                   {"id": 2, "width": 40, "height": 60, "neg_category_ids": [1, 4], "not_exhaustive_category_ids": [],
                    "coco_url": "http://images.example/train2017/000000000002.jpg"}],
                 "categories": [{"id": 1, "name": "aerosol_can"}, {"id": 2, "name": "bow_(weapon)"},
                                {"id": 3, "name": "cat"}, {"id": 4, "name": "dog"}]}""");
    }

    @Test
    void ofLvisOnlyVerifiedClassesAreAbsent() throws IOException {
        DetectionTable set = CocoShapedTable.lvis(
                lvis(box(1, 1, 1, "") + "," + box(2, 1, 2, "") + "," + box(3, 2, 4, "")), folder, log);

        assertThat(set.size()).isEqualTo(2);
        assertThat(set.pictureSize(1)).isEqualTo(new ImageSize(40, 60));
        GroundingSample first = set.sample(0);
        assertThat(first.picture()).isEqualTo(new PictureFile(folder.resolve("train2017/000000000001.jpg")));
        assertThat(first.boxes()).containsExactly(new BoxXyxy(10, 20, 39, 24));
        List<String> vocabulary = List.of("aerosol can", "bow", "cat", "dog");
        assertThat(first.text())
                .as("the bow is not marked everywhere, category 9 is not listed")
                .isEqualTo(new ClassNames(vocabulary, List.of(0), List.of(2)));
        assertThat(set.sample(1).text())
                .as("what has a box is not absent, whatever the list says")
                .isEqualTo(new ClassNames(vocabulary, List.of(3), List.of(0)));
        assertThat(log.count()).isZero();
    }

    @Test
    void objects365PicturesAreFoundInTheirPatchAndCrowdsAreNotAbsent() throws IOException {
        Path file = file("{\"images\": [{\"id\": 5, \"file_name\": \"images/v1/patch8/a.jpg\", \"width\": 100,"
                + " \"height\": 50}], \"categories\": [{\"id\": 1, \"name\": \"Person\"}, {\"id\": 2, \"name\":"
                + " \"Wild Bird\"}, {\"id\": 3, \"name\": \"Cup\"}], \"annotations\": ["
                + box(1, 5, 3, ", \"iscrowd\": 0, \"isfake\": 1") + "," + box(2, 5, 1, ", \"iscrowd\": 1") + "]}");

        GroundingSample sample = CocoShapedTable.objects365(file, folder, log).sample(0);

        assertThat(sample.picture()).isEqualTo(new PictureFile(folder.resolve("patch8/a.jpg")));
        assertThat(sample.text())
                .isEqualTo(new ClassNames(List.of("Person", "Wild Bird", "Cup"), List.of(2), List.of(1)));
    }

    @Test
    void badRecordsAreNamedAndLeftOutUpToTheLimit() throws IOException {
        String bad = box(7, 99, 1, "") + ", {\"id\": \"x\"}";
        DetectionTable set = CocoShapedTable.lvis(lvis(bad + "," + box(1, 1, 1, "")), folder, log);

        assertThat(set.size()).isEqualTo(1);
        assertThat(log.lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("set.json: annotations[0]: annotation 7: ", "image_id 99"),
                        line -> assertThat(line).contains("annotations[1]: wanted a whole number as id, got x"));
        assertThatThrownBy(() -> CocoShapedTable.lvis(
                        lvis(bad + "," + box(8, 1, 77, "")), folder, new BadRecordLog(new BadRecords(2))))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ANNOTATIONS))
                .hasMessageContaining("annotation 8")
                .hasMessageContaining("category_id 77")
                .hasMessageContaining("than the 2");
    }

    @Test
    void aMissingPictureTakesItsObjectsWithIt() throws IOException {
        Files.delete(folder.resolve("train2017/000000000001.jpg"));

        DetectionTable set = CocoShapedTable.lvis(lvis(box(1, 1, 1, "") + "," + box(3, 2, 4, "")), folder, log);

        assertThat(set.size()).isEqualTo(1);
        assertThat(log.lines().get(0)).contains("image 1: wanted the picture 'http://images.example");
    }
}
