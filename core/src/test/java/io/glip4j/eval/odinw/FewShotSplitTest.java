package io.glip4j.eval.odinw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.GlipException;
import io.glip4j.eval.detection.OverlapKind;
import io.glip4j.eval.detection.PromptCategory;
import io.glip4j.eval.detection.Truth;
import io.glip4j.eval.detection.TruthCategory;
import io.glip4j.eval.detection.TruthImage;
import io.glip4j.eval.detection.TruthObject;
import io.glip4j.eval.detection.TruthReader;
import io.glip4j.geometry.BoxXywh;
import io.glip4j.text.PythonRandom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FewShotSplitTest {
    /** Recorded from Python: random.Random(seed).shuffle(list(range(20))). */
    private static final Map<Integer, List<Integer>> SHUFFLED = Map.of(
            3, List.of(8, 3, 6, 5, 15, 16, 2, 12, 0, 1, 13, 10, 19, 9, 14, 11, 4, 17, 18, 7),
            30, List.of(11, 5, 3, 12, 15, 18, 4, 14, 7, 1, 2, 10, 13, 16, 19, 8, 6, 0, 9, 17),
            300, List.of(12, 16, 4, 7, 14, 13, 3, 1, 10, 2, 17, 9, 6, 8, 5, 15, 0, 18, 11, 19));

    @Test
    void shufflesAsPythonDoes() {
        SHUFFLED.forEach((seed, expected) -> {
            List<Integer> list = new ArrayList<>(IntStream.range(0, 20).boxed().toList());
            new PythonRandom(seed).shuffle(list);
            assertThat(list).as("seed " + seed).isEqualTo(expected);
        });
    }

    private static TruthObject object(long id, long image, long category, double side) {
        return new TruthObject(
                id, image, category, new BoxXywh(0, 0, side, side), side * side, false, false, Optional.empty());
    }

    /** Twenty pictures 0..19: even ones show category 1, odd ones 2, picture 7 both; 12 only an empty box. */
    private static Truth truth() {
        List<TruthImage> images = new ArrayList<>();
        List<TruthObject> objects = new ArrayList<>();
        for (long id = 19; id >= 0; id--) {
            images.add(new TruthImage(id, 100, 100, Set.of(), Set.of()));
            objects.add(object(id + 1, id, id % 2 == 0 ? 1 : 2, id == 12 ? 1 : 10));
        }
        objects.add(object(100, 7, 1, 10));
        return new Truth(images, List.of(new TruthCategory(1, "even", ""), new TruthCategory(2, "odd", "")), objects);
    }

    @Test
    void takesPicturesInOrderUntilEveryCategoryHasEnough() {
        assertThat(FewShotSplit.choose(truth(), 1, 0)).containsExactly(0L, 1L);
        assertThat(FewShotSplit.choose(truth(), 3, 0)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(FewShotSplit.choose(truth(), 10, 0)).hasSize(19).doesNotContain(12L);
    }

    @Test
    void seedsGiveDifferentSplitsOfTheSameSize() {
        List<Long> first = FewShotSplit.choose(truth(), 3, 3);
        List<Long> second = FewShotSplit.choose(truth(), 3, 30);
        assertThat(first).isNotEqualTo(second).isEqualTo(FewShotSplit.choose(truth(), 3, 3));
        assertThat(first).hasSizeBetween(5, 6).doesNotContain(12L);
    }

    @Test
    void theFileHasTheChosenPicturesAndAllCategories(@TempDir Path folder) throws Exception {
        Path whole = Files.writeString(folder.resolve("train.json"), """
                {"info": {"year": 2022}, "images": [{"id": 1}, {"id": 2}, {"id": 3}],
                 "categories": [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}],
                 "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 5, 5], "area": 25},
                                 {"id": 2, "image_id": 2, "category_id": 1, "bbox": [0, 0, 5, 5], "area": 25},
                                 {"id": 3, "image_id": 3, "category_id": 2, "bbox": [0, 0, 5, 5], "area": 25}]}""");
        Path few = folder.resolve("few.json");
        assertThat(FewShotFile.write(whole, 1, 0, few)).containsExactly(1L, 3L);
        Truth read = TruthReader.read(few, OverlapKind.BOX);
        assertThat(read.images()).extracting(TruthImage::id).containsExactly(1L, 3L);
        assertThat(read.objects()).extracting(TruthObject::id).containsExactly(1L, 3L);
        assertThat(read.categories()).hasSize(2);
        assertThat(Files.readString(few)).contains("2022");
        assertThatThrownBy(() -> FewShotFile.write(whole, 0, 3, few)).isInstanceOf(GlipException.class);
    }

    @Test
    void thePublishedListsAreWhole() {
        assertThat(OdinwSet.named("13"))
                .hasSize(13)
                .allSatisfy(set -> assertThat(set.categories()).isNotEmpty());
        assertThat(OdinwSet.named("35"))
                .hasSize(35)
                .filteredOn(OdinwSet::name, "Packages_Raw")
                .flatExtracting(OdinwSet::categories)
                .containsExactly(new PromptCategory(1, "package", "there is a ", " on the porch"));
    }

    @Test
    void averageAndMedianOverSets() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("a", 0.9);
        values.put("b", 0.1);
        values.put("c", 0.2);
        assertThat(new OdinwScores(values).median()).isEqualTo(0.2);
        assertThat(new OdinwScores(values).average()).isCloseTo(0.4, within(1e-12));
        values.put("d", 0.4);
        assertThat(new OdinwScores(values).median()).isCloseTo(0.3, within(1e-12));
        values.put("e", -1.0);
        assertThatThrownBy(() -> new OdinwScores(values))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("for e");
    }
}
