package io.glip4j.eval.absent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.Span;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import io.glip4j.output.PhraseThresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhraseThresholdsTest {
    private static final Map<String, List<Double>> HIGHEST = Map.of(
            "cat", List.of(0.9, 0.1, 0.3, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8), // 9 pictures, the 9th is just enough for 0.1
            "dog", List.of(0.05, 0.0));

    @TempDir
    private Path folder;

    private static Detection box(String phrase, double score) {
        return new Detection(phrase, new Span(0, phrase.length()), score, new BoxXyxy(0, 0, 9, 9), List.of());
    }

    @Test
    void aPhraseWithEnoughPicturesHasItsOwnThreshold() {
        PhraseThresholds fitted = PhraseThresholds.fitted("m", 0.1, HIGHEST);
        assertThat(fitted.byPhrase()).containsOnlyKeys("cat");
        assertThat(fitted.least("Cat ")).isGreaterThan(0.9).isCloseTo(0.9, within(1e-12));
        assertThat(fitted.least("dog")).isEqualTo(fitted.others()).isCloseTo(0.9, within(1e-12)); // the 11th of 11
        assertThat(PhraseThresholds.fitted("m", 0.5, HIGHEST).least("cat")).isCloseTo(0.5, within(1e-12));
        assertThat(PhraseThresholds.fitted("m", 0.5, HIGHEST).others()).isCloseTo(0.4, within(1e-12)); // 6th of 11
    }

    /** What conformal prediction promises: other pictures of the same kind pass at most in that share, on average. */
    @Test
    void absentThingsOfOtherPicturesPassAsRarelyAsAskedFor() {
        double share = 0.2;
        Random random = new Random(8);
        int passed = 0;
        int rounds = 20_000;
        for (int round = 0; round < rounds; round++) {
            List<Double> seen = IntStream.range(0, 11)
                    .mapToObj(i -> Math.pow(random.nextDouble(), 3))
                    .toList();
            double least = PhraseThresholds.fitted("", share, Map.of("a", seen)).least("a");
            passed += Math.pow(random.nextDouble(), 3) >= least ? 1 : 0;
        }
        double measured = (double) passed / rounds;
        assertThat(measured).isLessThan(share).isCloseTo(2 / 12.0, within(0.01)); // the 10th of 11 and one more
    }

    @Test
    void boxesAreHeldAgainstTheThresholdOfTheirPhrase() {
        PhraseThresholds thresholds = new PhraseThresholds("", 0.5, Map.of("Cat", 0.7));
        Detection sureCat = box("cat", 0.7);
        Detection dog = box("dog", 0.5);
        Grounding found = new Grounding(10, 10, List.of(sureCat, box("cat", 0.69), dog, box("dog", 0.49)));
        assertThat(thresholds.applied(found).detections()).containsExactly(sureCat, dog);
        assertThat(PhraseThresholds.even(0.6).applied(found).detections()).hasSize(2);
    }

    @Test
    void tooFewPicturesForTheShareAreRefused() {
        assertThatThrownBy(() -> PhraseThresholds.fitted("m", 0.01, HIGHEST))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ARGUMENT))
                .hasMessageContaining("at least 99 absent names")
                .hasMessageContaining("got 11");
        assertThatThrownBy(() -> PhraseThresholds.fitted("m", 0, HIGHEST)).hasMessageContaining("in (0, 1)");
        assertThatThrownBy(() -> PhraseThresholds.even(Double.NaN)).hasMessageContaining("[0, 1]");
    }

    @Test
    void aFileGivesBackTheSame() {
        PhraseThresholds fitted = PhraseThresholds.fitted("abc", 0.3, HIGHEST);
        Path file = folder.resolve("thresholds.json");
        ThresholdFile.write(fitted, file);
        assertThat(ThresholdFile.read(file)).isEqualTo(fitted);
        assertThat(fitted.requireModel("abc")).isEqualTo(fitted);
        assertThatThrownBy(() -> fitted.requireModel("xyz"))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_MISMATCH))
                .hasMessageContaining("model xyz, got those of abc");
        assertThat(PhraseThresholds.even(0.4).requireModel("xyz").others()).isEqualTo(0.4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"model\": \"m\"}",
                "{\"model\": \"m\", \"others\": \"high\", \"phrases\": {}}",
                "{\"model\": \"m\", \"others\": 2, \"phrases\": {}}",
                "{\"model\": \"m\", \"others\": 0.5, \"phrases\": {\"cat\": null}}",
                "{\"model\": \"m\", \"others\": 0.5, \"phrases\": {\"cat\": -1}}",
                "not json"
            })
    void anotherFileIsRefused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("odd.json"), text);
        assertThatThrownBy(() -> ThresholdFile.read(file))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ARGUMENT))
                .hasMessageContaining("odd.json");
    }
}
