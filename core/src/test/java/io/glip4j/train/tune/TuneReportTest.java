package io.glip4j.train.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.train.TuningMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TuneReportTest {
    private static final TuneReport REPORT = new TuneReport(
            "things",
            0.1,
            Map.of("others", 0.5),
            Map.of(),
            List.of(
                    new TuneResult("prompt", 0, 3, 40, 0.4, Map.of()),
                    new TuneResult("full", 10, 3, 40, 0.2, Map.of("others", 0.3)),
                    new TuneResult("full", 10, 30, 40, 0.3, Map.of("others", 0.1)),
                    new TuneResult("full", 10, 300, 20, 0.7, Map.of("others", 0.2)),
                    new TuneResult("prompt", 1, 3, 40, 0.3, Map.of())));

    @Test
    void numbersAreThoseOfAllSeeds() {
        TuneReport.Spread full = REPORT.precision(TuningMode.FULL, 10).orElseThrow();
        assertThat(full.seeds()).isEqualTo(3);
        assertThat(full.mean()).isCloseTo(0.4, within(1e-12));
        assertThat(full.least()).isEqualTo(0.2);
        assertThat(full.largest()).isEqualTo(0.7);
        // sqrt((0.2^2 + 0.1^2 + 0.3^2) / 2)
        assertThat(full.deviation()).isCloseTo(Math.sqrt(0.07), within(1e-12));
        assertThat(REPORT.elsewhere("others", TuningMode.FULL, 10).orElseThrow().mean())
                .isCloseTo(0.2, within(1e-12));
        assertThat(REPORT.precision(TuningMode.FULL, 1)).isEmpty();
    }

    @Test
    void aModelThatStaysIsElsewhereWhatItWas() {
        TuneReport.Spread prompt =
                REPORT.elsewhere("others", TuningMode.PROMPT, 1).orElseThrow();
        assertThat(prompt.mean()).isEqualTo(0.5);
        assertThat(prompt.deviation()).isZero();
    }

    @Test
    void allPicturesAreMoreThanAnyNumber() {
        assertThat(REPORT.shots()).containsExactly(1, 10, TuneRun.ALL);
        assertThat(REPORT.modes()).containsExactly(TuningMode.FULL, TuningMode.PROMPT);
    }

    @Test
    void runsGoSeedBySeed() {
        assertThat(TuneRun.of(List.of(TuningMode.FULL, TuningMode.PROMPT), List.of(1, 0), List.of(3, 30, 3)))
                .extracting(TuneRun::name)
                .containsExactly(
                        "full-1-seed-3",
                        "full-all-seed-3",
                        "prompt-1-seed-3",
                        "prompt-all-seed-3",
                        "full-1-seed-30",
                        "full-all-seed-30",
                        "prompt-1-seed-30",
                        "prompt-all-seed-30");
        assertThatThrownBy(() -> TuneRun.of(List.of(), List.of(1), List.of(3)))
                .hasMessageContaining("at least one mode, number of shots and seed");
        assertThatThrownBy(() -> new TuneRun(TuningMode.FULL, -1, 3)).hasMessageContaining("of at least 0");
    }
}
