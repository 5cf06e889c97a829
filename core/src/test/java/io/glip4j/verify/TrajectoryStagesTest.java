package io.glip4j.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.Goldens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recorded solver steps: losses, rates, final weights and their averages. */
class TrajectoryStagesTest {
    /** Tests that follow recorded solver steps; the build gives them one set of instructions on every machine. */
    static final String RECORDED_STEPS = "recorded-steps";

    static Stream<Path> folders() {
        List<Path> found = Goldens.folders("model").stream()
                .map(folder -> folder.resolve("glip_tiny"))
                .filter(folder -> Files.exists(folder.resolve("trajectory.json")))
                .toList();
        assertThat(found).isNotEmpty();
        return found.stream();
    }

    @ParameterizedTest
    @Tag(RECORDED_STEPS)
    @MethodSource("folders")
    void followsTheRecordedSteps(Path folder) {
        CaseReport report = new CaseVerifier(List.of(new TrajectoryStages())).verify(folder);
        assertThat(report.failures()).isEmpty();
        assertThat(report.results().stream().map(StageResult::stage))
                .contains(
                        "trajectory.rates",
                        "trajectory.decays",
                        "trajectory.loss_reg",
                        "trajectory.loss_centerness",
                        "trajectory.loss_dot_product_token",
                        "trajectory.total")
                .anyMatch(stage -> stage.startsWith("trajectory.final."))
                .anyMatch(stage -> stage.startsWith("trajectory.ema."));
    }
}
