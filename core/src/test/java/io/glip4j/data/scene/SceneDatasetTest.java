package io.glip4j.data.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.data.Caption;
import io.glip4j.data.ClassNames;
import io.glip4j.data.GroundingSample;
import io.glip4j.input.ImageSize;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SceneDatasetTest {
    private static final int COUNT = 80;

    private final SceneMaker maker = SceneFixture.maker(SceneSplit.TRAIN, COUNT, 21);
    private final SceneDataset dataset = SceneDataset.ofAllKinds(maker);

    @Test
    void samplesShowTheSceneOfTheirNumber() {
        assertThat(dataset.size()).isEqualTo(COUNT);
        for (int i = 0; i < 10; i++) {
            GroundingSample sample = dataset.sample(i);
            Scene scene = dataset.scene(i);
            ImageSize size = new ImageSize(sample.width(), sample.height());
            assertThat(sample.picture().read(size).rgb())
                    .isEqualTo(scene.picture().rgb());
            assertThat(scene.objects().stream().map(SceneObject::box)).containsAll(sample.boxes());
            assertThat(sample.picture()).hasToString("scene " + i);
            assertThat(dataset.pictureSize(i)).as("known without drawing").isEqualTo(size);
        }
    }

    @Test
    void textsAlternateBetweenClassNamesAndCaptions() {
        Map<Class<?>, Integer> kinds = new HashMap<>();
        for (int i = 0; i < COUNT; i++) {
            kinds.merge(dataset.sample(i).text().getClass(), 1, Integer::sum);
        }
        assertThat(kinds.getOrDefault(ClassNames.class, 0)).isBetween(COUNT / 3, COUNT * 2 / 3);
        assertThat(kinds.getOrDefault(Caption.class, 0)).isBetween(COUNT / 3, COUNT * 2 / 3);
    }

    @Test
    void classNamesAloneWhereTheyAreWanted() {
        SceneDataset names = SceneDataset.ofClassNames(maker);
        for (int i = 0; i < 10; i++) {
            assertThat(names.sample(i).text()).isInstanceOf(ClassNames.class);
        }
    }

    @Test
    void classNamesAreTrueOfTheirBoxesAndAbsentOnesOfNothing() {
        Map<String, Noun> nouns = new HashMap<>();
        NounTable.read().forEach(noun -> nouns.put(noun.name(), noun));
        for (int i = 0; i < COUNT; i++) {
            if (dataset.sample(i).text() instanceof ClassNames names) {
                List<Noun> shown = dataset.scene(i).objects().stream()
                        .map(object -> Objects.requireNonNull(nouns.get(object.name())))
                        .toList();
                for (int box = 0; box < shown.size(); box++) {
                    String said = names.vocabulary().get(names.labels().get(box));
                    assertThat(shown.get(box).words()).contains(said);
                }
                for (int absent : names.absent()) {
                    String word = names.vocabulary().get(absent);
                    assertThat(shown).as(word).noneMatch(noun -> noun.is(word) || noun.mayBe(word));
                }
                assertThat(names.absent()).doesNotContainAnyElementsOf(names.labels());
            }
        }
    }
}
