package io.glip4j.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnchorsTest {
    private static final Anchors ANCHORS =
            new Anchors(List.of(new Anchors.LevelSize(2, 3), new Anchors.LevelSize(1, 2)));

    @Test
    void theFirstOfEachLevelIsAsPublished() {
        assertThat(box(0)).containsExactly(-28, -28, 35, 35);
        assertThat(box(ANCHORS.first(1))).containsExactly(-56, -56, 71, 71);
    }

    @Test
    void locationsGoRowByRow() {
        assertThat(ANCHORS.count()).isEqualTo(8);
        assertThat(box(2)).containsExactly(-12, -28, 51, 35);
        assertThat(box(3)).containsExactly(-28, -20, 35, 43);
        assertThat(box(7)).containsExactly(-40, -56, 87, 71);
        assertThat(ANCHORS.first(2)).isEqualTo(8);
    }

    private static float[] box(int anchor) {
        return Arrays.copyOfRange(ANCHORS.xyxy(), 4 * anchor, 4 * anchor + 4);
    }
}
