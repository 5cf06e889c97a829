package io.glip4j.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.Goldens;
import io.glip4j.torch.Form;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CaseVerifierTest {
    private static final List<String> PASSED = new ArrayList<>();

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
    @Tag(TrajectoryStagesTest.RECORDED_STEPS)
    @MethodSource("cases")
    void everyStageIsAsRecorded(Path folder) {
        CaseReport report = CaseVerifier.ofAllStages().verify(folder);
        assertThat(report.failures()).as(report.name()).isEmpty();
        assertThat(report.passed()).isTrue();
        PASSED.add(report.name() + " (" + report.results().size() + " stages)");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFastFormIsAsRecordedToo(Path folder) {
        CaseReport report = CaseVerifier.of(Form.FAST).verify(folder);
        assertThat(report.results()).isNotEmpty();
        assertThat(report.failures()).as(report.name()).isEmpty();
    }

    @AfterAll
    static void sayHowManyRan() {
        System.out.println("golden model cases that passed: " + PASSED.size() + " " + PASSED);
    }

    @Test
    void aWrongStageFails() {
        CaseReport report = new CaseVerifier(List.of(
                        run -> List.of(new StageResult("right", 0, 0), new StageResult("shape", Double.NaN, 1))))
                .verify(cases().toList().get(0));
        assertThat(report.passed()).isFalse();
        assertThat(report.failures()).extracting(StageResult::stage).containsExactly("shape");
    }

    @Test
    void noCaseFolderIsTheCallersMistake(@TempDir Path empty) {
        assertThatThrownBy(() -> CaseVerifier.ofAllStages().verify(empty))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE_FILE))
                .hasMessageContaining("case.json");
    }

    @Test
    void deviationIsAShareOfTheLargest() {
        assertThat(Deviation.relative(new float[] {1, 2}, new float[] {1, 4})).isEqualTo(0.5);
        assertThat(Deviation.relative(new float[] {Float.NaN}, new float[] {1})).isNaN();
        assertThat(Deviation.relative(new float[] {1}, new float[] {0})).isInfinite();
        assertThat(Deviation.relative(new float[2], new float[2])).isZero();
    }
}
