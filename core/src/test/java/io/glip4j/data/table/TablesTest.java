package io.glip4j.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.data.PictureFile;
import io.glip4j.data.PictureFolder;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.ImageSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TablesTest {
    /** Against lists, with groups in random order and some of them empty. */
    @Test
    void numbersAreKeptByGroupInTheirOrder() {
        SplittableRandom random = new SplittableRandom(1);
        List<List<Integer>> wanted = new ArrayList<>();
        for (int group = 0; group < 50; group++) {
            wanted.add(new ArrayList<>());
        }
        Grouped.Builder builder = new Grouped.Builder();
        for (int value = 0; value < 200; value++) {
            int group = random.nextInt(45);
            wanted.get(group).add(value);
            builder.add(group, value);
        }
        Grouped grouped = builder.build(50);
        for (int group = 0; group < 50; group++) {
            assertThat(grouped.of(group).boxed().toList()).isEqualTo(wanted.get(group));
            assertThat(grouped.count(group)).isEqualTo(wanted.get(group).size());
        }
    }

    @Test
    void numbersAreReplacedOrTakenOut() {
        Grouped.Builder builder = new Grouped.Builder();
        builder.add(1, 10);
        builder.add(0, 11);
        builder.add(1, 12);
        builder.replaceAll(value -> value == 11 ? OptionalInt.empty() : OptionalInt.of(2 * value));
        Grouped grouped = builder.build(2);

        assertThat(grouped.of(0)).isEmpty();
        assertThat(grouped.of(1).boxed().toList()).containsExactly(20, 24);
    }

    @Test
    void boxesAndPicturesComeBackAsTheyWere() {
        PictureTable pictures = new PictureTable(new PictureFolder(Path.of("folder")));
        BoxTable.Builder builder = new BoxTable.Builder();
        for (int picture = 0; picture < 100; picture++) {
            pictures.add("bildgröße" + picture + ".jpg", "ein 𝄞 " + picture, new ImageSize(picture, 2 * picture));
        }
        for (int box = 0; box < 300; box++) {
            builder.add(box % 50, new BoxXyxy(box, 1, 2, 3.5), 7 * box);
        }
        BoxTable boxes = builder.build(pictures.count());

        assertThat(pictures.count()).isEqualTo(100);
        assertThat(pictures.source(33)).isEqualTo(new PictureFile(Path.of("folder/bildgröße33.jpg")));
        assertThat(pictures.caption(99)).isEqualTo("ein 𝄞 99");
        assertThat(pictures.size(40)).isEqualTo(new ImageSize(40, 80));
        assertThat(boxes.boxesOf(49).boxed().toList()).containsExactly(49, 99, 149, 199, 249, 299);
        assertThat(boxes.box(299)).isEqualTo(new BoxXyxy(299, 1, 2, 3.5));
        assertThat(boxes.label(299)).isEqualTo(2093);
        assertThat(boxes.isEmpty(49)).isFalse();
        assertThat(boxes.isEmpty(50)).isTrue();
    }
}
