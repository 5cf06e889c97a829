package io.glip4j.data.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.geometry.BoxXywh;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.geometry.RunLengthMask;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SceneMakerTest {
    private static final int COUNT = 30;

    @Test
    void aScenesNumberAloneDecidesItOnAnyThreadInAnyOrder() {
        SceneMaker maker = SceneFixture.maker(SceneSplit.TRAIN, COUNT, 5);
        List<Scene> inOrder = IntStream.range(0, COUNT).mapToObj(maker::scene).toList();
        SceneMaker another =
                new SceneMaker(Artwork.read(List.of(SceneFixture.NOTO, SceneFixture.FLUENT)), maker.config());
        List<Scene> onThreads = IntStream.range(0, COUNT)
                .parallel()
                .mapToObj(i -> another.scene(COUNT - 1 - i))
                .toList();
        for (int i = 0; i < COUNT; i++) {
            Scene one = inOrder.get(i);
            Scene other = onThreads.get(COUNT - 1 - i);
            assertThat(other.picture().rgb()).isEqualTo(one.picture().rgb());
            assertThat(other.objects()).isEqualTo(one.objects());
            assertThat(other.captions()).isEqualTo(one.captions());
            assertThat(other.expressions()).isEqualTo(one.expressions());
            assertThat(other.questions()).isEqualTo(one.questions());
        }
    }

    @Test
    void anotherSeedAndAnotherNumberMakeOtherScenes() {
        byte[] first =
                SceneFixture.maker(SceneSplit.TRAIN, 2, 5).scene(0).picture().rgb();
        assertThat(SceneFixture.maker(SceneSplit.TRAIN, 2, 6).scene(0).picture().rgb())
                .isNotEqualTo(first);
        assertThat(SceneFixture.maker(SceneSplit.TRAIN, 2, 5).scene(1).picture().rgb())
                .isNotEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource
    void boxesAreTheExtentOfMasksThatDoNotOverlap(SceneSplit split) {
        SceneMaker maker = SceneFixture.maker(split, COUNT, 7);
        for (int i = 0; i < COUNT; i++) {
            Scene scene = maker.scene(i);
            assertThat(scene.objects())
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(maker.config().mostObjects());
            List<RunLengthMask> masks =
                    scene.objects().stream().map(SceneObject::mask).toList();
            for (SceneObject object : scene.objects()) {
                RunLengthMask mask = object.mask();
                assertThat(mask.width())
                        .isBetween(160, 240)
                        .isEqualTo(scene.picture().width());
                assertThat(mask.height()).isEqualTo(scene.picture().height());
                assertThat(mask).isEqualTo(RunLengthMask.ofPixels(mask.height(), mask.width(), mask.pixels()));
                assertThat(object.box()).isEqualTo(extent(mask));
                assertThat(object.seen()).isBetween(Canvas.LEAST_SEEN, 1.0);
                assertThat(maker.names().get(object.label())).isEqualTo(object.name());
            }
            long sum = masks.stream().mapToLong(RunLengthMask::area).sum();
            assertThat(RunLengthMask.union(masks).area()).isEqualTo(sum);
        }
    }

    private static BoxXyxy extent(RunLengthMask mask) {
        BoxXywh box = mask.box();
        return new BoxXyxy(box.x(), box.y(), box.x() + box.width() - 1, box.y() + box.height() - 1);
    }

    @Test
    void sizesOfObjectsAndCountsVary() {
        SceneMaker maker = SceneFixture.maker(SceneSplit.TRAIN, 60, 1);
        List<Integer> counts = new ArrayList<>();
        List<Double> sides = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Scene scene = maker.scene(i);
            counts.add(scene.objects().size());
            scene.objects()
                    .forEach(
                            object -> sides.add(object.box().x2() - object.box().x1() + 1));
        }
        assertThat(counts).contains(1, 2, 3, 4, 5, 6);
        assertThat(sides).anyMatch(side -> side < 25).anyMatch(side -> side > 80);
    }
}
