package io.glip4j.eval.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.RunLengthMask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What broken files do: as the official tool, or an error that names the record. */
class BadInputTest {
    private static final String TRUTH = """
            {"images": [{"id": 1, "width": 100, "height": 100}, {"id": 2, "width": 100, "height": 100}],
             "categories": [{"id": 1, "name": "a"}],
             "annotations": [{"id": %s, "image_id": 1, "category_id": 1, "bbox": [10, 10, 40, 40], "area": 1600,
               "iscrowd": 0, "segmentation": [[10, 10, 50, 10, 50, 50, 10, 50]]}]}""";
    private static final String GOOD =
            "{\"image_id\": 1, \"category_id\": 1, \"bbox\": [10, 10, 40, 40], \"score\": 0.9}";

    @TempDir
    Path temporary;

    private Path file(String name, String text) {
        try {
            return Files.writeString(temporary.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double score(String truth, String results, OverlapKind kind) {
        Truth read = TruthReader.read(file("gt.json", truth), kind);
        DetectionScores scores = CocoEvaluation.evaluate(
                read, ResultReader.read(file("dt.json", results), kind), CocoParameters.official(kind));
        return Objects.requireNonNull(new CocoSummary(scores).official().get("AP"));
    }

    private double boxes(String results) {
        return score(TRUTH.formatted(1), results, OverlapKind.BOX);
    }

    private void refused(String truth, String results, String... parts) {
        assertThatThrownBy(() -> score(truth, results, OverlapKind.BOX))
                .isInstanceOfSatisfying(
                        GlipException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.BAD_ANNOTATIONS))
                .hasMessageContainingAll(parts);
    }

    @Test
    void aRightDetectionIsRight() {
        assertThat(boxes("[" + GOOD + "]")).isGreaterThan(0.999);
    }

    @Test
    void resultsOfUnknownPicturesAreRefused() {
        refused(TRUTH.formatted(1), "[" + GOOD.replace("\"image_id\": 1", "\"image_id\": 3") + "]", "picture 3");
    }

    @Test
    void resultsOfUnknownCategoriesAreDropped() {
        String unknown =
                GOOD.replace("\"category_id\": 1", "\"category_id\": 9").replace("0.9", "0.99");
        assertThat(boxes("[" + unknown + ", " + GOOD + "]")).isGreaterThan(0.999);
    }

    @Test
    void notANumberAsScoreComesLast() {
        String wrong = GOOD.replace("[10, 10, 40, 40]", "[60, 60, 10, 10]").replace("0.9", "NaN");
        assertThat(boxes("[" + wrong + ", " + GOOD + "]")).isGreaterThan(0.999);
    }

    @Test
    void boxesOfNegativeSizeOverlapNothing() {
        assertThat(boxes("[" + GOOD.replace("[10, 10, 40, 40]", "[50, 50, -40, -40]") + "]"))
                .isZero();
    }

    @Test
    void aPictureListedTwiceCountsOnce() {
        String twice =
                TRUTH.formatted(1).replace("\"images\": [", "\"images\": [{\"id\": 1, \"width\": 5, \"height\": 5}, ");
        assertThat(score(twice, "[" + GOOD + "]", OverlapKind.BOX)).isGreaterThan(0.999);
        assertThat(TruthReader.read(file("gt.json", twice), OverlapKind.BOX).images())
                .hasSize(2)
                .first()
                .returns(100, TruthImage::width);
    }

    @Test
    void masksOfAnotherSizeNeverMatch() {
        String right = RunLengthMask.ofPolygon(100, 100, new double[] {10, 10, 50, 10, 50, 50, 10, 50})
                .encode();
        String wrong = RunLengthMask.ofPolygon(100, 101, new double[] {10, 10, 50, 10, 50, 50, 10, 50})
                .encode();
        String result = "[{\"image_id\": 1, \"category_id\": 1, \"score\": 0.5, \"segmentation\": {\"size\": [100, %d],"
                + " \"counts\": \"%s\"}}]";
        String truth = TRUTH.formatted(1);
        assertThat(score(truth, result.formatted(100, right.replace("\\", "\\\\")), OverlapKind.MASK))
                .isGreaterThan(0.999);
        assertThat(score(truth, result.formatted(101, wrong.replace("\\", "\\\\")), OverlapKind.MASK))
                .isZero();
        refusedMask(truth, result.formatted(90, right.replace("\\", "\\\\")));
    }

    private void refusedMask(String truth, String results) {
        assertThatThrownBy(() -> score(truth, results, OverlapKind.MASK))
                .isInstanceOf(GlipException.class)
                .hasMessageContainingAll("dt.json", "[0]", "add up to");
    }

    @Test
    void noResultsAtAllGiveZero() {
        assertThat(boxes("[]")).isZero();
    }

    @Test
    void anObjectWithIdZeroIsNeverFound() {
        assertThat(score(TRUTH.formatted(0), "[" + GOOD + "]", OverlapKind.BOX)).isZero();
    }

    @Test
    void brokenFilesNameFileAndRecord() {
        String truth = TRUTH.formatted(1);
        refused(
                truth,
                "[" + GOOD + ", {\"image_id\": 1, \"category_id\": 1, \"bbox\": [1, 2, 3, 4]}]",
                "dt.json",
                "[1]",
                "score");
        refused(truth, "[" + GOOD.replace("[10, 10, 40, 40]", "[10, 10, 40]") + "]", "dt.json", "4 numbers");
        refused(truth, "[" + GOOD, "dt.json", "JSON");
        refused(truth, "{}", "dt.json", "wanted a list");
        refused(truth, "", "dt.json", "an empty file");
        refused("{\"images\": [], \"categories\": []}", "[]", "gt.json", "annotations");
        refused(truth.replace("\"area\": 1600,", ""), "[]", "gt.json", "annotations[0]", "area");
        assertThatThrownBy(() -> ResultReader.read(temporary.resolve("missing.json"), OverlapKind.BOX))
                .isInstanceOfSatisfying(
                        GlipException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.UNREADABLE_FILE));
    }
}
