package io.glip4j.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.Goldens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CaseVerifierTest {
    static Stream<Path> cases() {
        return Goldens.folders("model").stream().flatMap(CaseVerifierTest::inside);
    }

    private static Stream<Path> inside(Path models) {
        try (Stream<Path> folders = Files.list(models)) {
            return folders.filter(folder -> Files.exists(folder.resolve("case.json"))).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyStageIsAsRecorded(Path folder) {
        CaseReport report = CaseVerifier.ofAllStages().verify(folder);
        assertThat(report.failures()).as(report.name()).isEmpty();
        assertThat(report.passed()).isTrue();
    }
}
