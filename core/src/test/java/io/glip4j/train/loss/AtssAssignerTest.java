package io.glip4j.train.loss;

import static io.glip4j.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.UnitGolden;
import io.glip4j.geometry.Anchors;
import io.glip4j.geometry.BoxCoder;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.torch.TensorScope;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AtssAssignerTest {
    private static final Anchors SMALL = new Anchors(List.of(new Anchors.LevelSize(8, 8), new Anchors.LevelSize(4, 4)));

    static List<UnitGolden> goldens() {
        return UnitGolden.all();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void choosesTheRecordedAnchorsAndTargets(UnitGolden golden) {
        JsonNode cases = golden.cases().required("atss");
        for (int k = 0; k < cases.size(); k++) {
            String name = "atss." + k + ".";
            Anchors anchors = anchors(cases.get(k).required("feature_hw"));
            PictureTruth truth = truth(golden.floats(name + "boxes_xyxy"));
            try (TensorScope scope = TensorScope.withoutGradient()) {
                Positives positives = Positives.of(AtssAssigner.PUBLISHED, anchors, List.of(truth));
                int[] indices = IntStream.range(0, positives.count()).toArray();
                assertThat(Arrays.stream(indices).map(positives::anchor).toArray())
                        .as(name + "positive_anchor")
                        .isEqualTo(golden.ints(name + "positive_anchor"));
                assertThat(Arrays.stream(indices).map(positives::box).toArray())
                        .as(name + "matched_box")
                        .isEqualTo(golden.ints(name + "matched_box"));
                assertClose(
                        name + "reg_targets",
                        BoxCoder.encode(positives.boxesXyxy(), positives.anchorsXyxy()),
                        golden.floats(name + "reg_targets"),
                        1e-5);
                assertClose(
                        name + "centerness_targets",
                        positives.centerness(),
                        golden.floats(name + "centerness_targets"),
                        1e-5);
            }
        }
    }

    @Test
    void aPictureWithoutBoxesHasNoPositives() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            assertThat(AtssAssigner.PUBLISHED.assign(SMALL, new float[0])).containsOnly(AtssAssigner.NO_BOX);
        }
    }

    @Test
    void anAnchorWantedTwiceTakesTheBoxItOverlapsMost() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            float[] apart = {2, 2, 62, 62, 3, 3, 60, 60};
            float[] swapped = {3, 3, 60, 60, 2, 2, 62, 62};
            int[] first = AtssAssigner.PUBLISHED.assign(SMALL, apart);
            int[] second = AtssAssigner.PUBLISHED.assign(SMALL, swapped);
            for (int anchor = 0; anchor < first.length; anchor++) {
                if (first[anchor] != AtssAssigner.NO_BOX) {
                    assertThat(second[anchor]).isEqualTo(1 - first[anchor]);
                }
            }
            assertThat(first).contains(0);
        }
    }

    static Anchors anchors(JsonNode sizes) {
        return new Anchors(IntStream.range(0, sizes.size())
                .mapToObj(level -> new Anchors.LevelSize(
                        sizes.get(level).get(0).asInt(), sizes.get(level).get(1).asInt()))
                .toList());
    }

    private static PictureTruth truth(float[] xyxy) {
        List<BoxXyxy> boxes = IntStream.range(0, xyxy.length / 4)
                .mapToObj(box -> new BoxXyxy(xyxy[4 * box], xyxy[4 * box + 1], xyxy[4 * box + 2], xyxy[4 * box + 3]))
                .toList();
        return new PictureTruth(boxes, Collections.nCopies(boxes.size(), List.of()));
    }
}
