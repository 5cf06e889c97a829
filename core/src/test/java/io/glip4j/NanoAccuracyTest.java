package io.glip4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.data.BadRecords;
import io.glip4j.data.CocoDataset;
import io.glip4j.eval.detection.GroundedCategories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The shipped nano's numbers, wherever the shared data sets are beside the project, as in CI. */
class NanoAccuracyTest {
    private static final List<Path> SHARED = List.of(Path.of("../../shared/data"), Path.of("../shared/data"));

    private record Bar(String annotations, String images, double ap50) {}

    private static final List<Bar> BARS = List.of(
            new Bar("bccd/annotations/test.json", "bccd/images", 0.70),
            new Bar("raccoon/annotations/val.json", "raccoon/images", 0.60));

    @TestFactory
    Stream<DynamicTest> boxAveragePrecision() {
        return SHARED.stream()
                .filter(Files::isDirectory)
                .flatMap(root ->
                        BARS.stream().map(bar -> DynamicTest.dynamicTest(bar.annotations(), () -> reaches(root, bar))));
    }

    private static void reaches(Path root, Bar bar) {
        Path annotations = root.resolve(bar.annotations());
        CocoDataset dataset = CocoDataset.open(annotations, root.resolve(bar.images()), BadRecords.REFUSE);
        try (Glip glip = Glip.load()) {
            Map<String, Double> numbers = GroundedCategories.evaluate(annotations, dataset, glip::ground, () -> {})
                    .official();
            System.out.println("nano on " + bar.annotations() + ": " + numbers);
            assertThat(numbers.get("AP50")).isGreaterThanOrEqualTo(bar.ap50());
        }
    }
}
