package io.glip4j.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.GlipException;
import io.glip4j.geometry.BoxXyxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelFilterTest {
    private static final BoxXyxy LEFT = new BoxXyxy(0, 0, 10, 10);
    private static final BoxXyxy NEARLY_LEFT = new BoxXyxy(0, 0, 10, 9);
    private static final BoxXyxy RIGHT = new BoxXyxy(20, 0, 30, 10);

    private static LabelledBox dog(double score, BoxXyxy box) {
        return new LabelledBox("dog", 0, score, box);
    }

    private static LabelledBox cat(double score, BoxXyxy box) {
        return new LabelledBox("cat", 1, score, box);
    }

    @Test
    void eachNameHasItsOwnThreshold() {
        LabelFilter filter = new LabelFilter(0.5, Map.of("cat", 0.2), 0.6);

        assertThat(filter.keep(List.of(dog(0.6, LEFT), dog(0.4, RIGHT), cat(0.2, RIGHT), cat(0.1, LEFT))))
                .containsExactly(dog(0.6, LEFT), cat(0.2, RIGHT));
        assertThat(filter.lowest()).isEqualTo(0.2);
    }

    @Test
    void ofOneNamesOverlappingBoxesTheBestStays() {
        LabelFilter filter = new LabelFilter(0, Map.of(), 0.6);

        assertThat(filter.keep(List.of(dog(0.6, LEFT), dog(0.9, NEARLY_LEFT), cat(0.3, LEFT))))
                .containsExactly(dog(0.9, NEARLY_LEFT), cat(0.3, LEFT));
    }

    @Test
    void aThingGetsOneNameWhereItHasOne() {
        LabelFilter filter = new LabelFilter(0, Map.of(), 0.6);

        assertThat(filter.keepOneName(List.of(dog(0.6, LEFT), cat(0.9, NEARLY_LEFT), dog(0.3, RIGHT))))
                .containsExactly(cat(0.9, NEARLY_LEFT), dog(0.3, RIGHT));
    }

    @Test
    void refusesWhatIsNoShare() {
        assertThatThrownBy(() -> new LabelFilter(0.5, Map.of("cat", 1.2), 0.6))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("cat")
                .hasMessageContaining("1.2");
    }
}
