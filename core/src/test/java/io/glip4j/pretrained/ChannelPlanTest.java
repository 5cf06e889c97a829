package io.glip4j.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.GlipException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChannelPlanTest {
    private static final ChannelPlan NANO = ChannelPlan.of(128, 16, 72);

    @Test
    void everyChannelHasOneUse() {
        List<Integer> all = new ArrayList<>(NANO.carriers());
        all.addAll(NANO.boxes());
        all.addAll(NANO.meaning());
        all.addAll(NANO.free());
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 128).boxed().toList());
        assertThat(NANO.meaning()).hasSize(72);
        assertThat(NANO.boxes()).hasSize(8);
    }

    @Test
    void everyGroupHasOneCarrierAndABoxWithItsNegative() {
        assertThat(NANO.carriers().stream().map(channel -> channel / 8))
                .containsExactlyElementsOf(IntStream.range(0, 16).boxed().toList());
        for (int value = 0; value < 4; value++) {
            assertThat(NANO.box(value) / 8).isEqualTo(NANO.negativeBox(value) / 8);
        }
    }

    /** Against the plain formulas over one group of seven zeros and a carrier. */
    @Test
    void tellsTheNormalisationOfCarriers() {
        double mean = ChannelPlan.CARRIER / 8;
        double variance = (7 * mean * mean + (ChannelPlan.CARRIER - mean) * (ChannelPlan.CARRIER - mean)) / 8;
        assertThat(NANO.carrierMean()).isEqualTo(mean, within(1e-12));
        assertThat(NANO.carrierDeviation()).isEqualTo(Math.sqrt(variance), within(1e-12));
    }

    @Test
    void tooFewGroupsAreRefused() {
        assertThatThrownBy(() -> ChannelPlan.of(24, 3, 8))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("wanted at least 4 groups");
    }
}
