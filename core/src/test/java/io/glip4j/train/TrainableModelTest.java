package io.glip4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.PictureReader;
import io.glip4j.input.Prompt;
import io.glip4j.model.GlipConfig;
import io.glip4j.output.Detection;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainableModelTest {
    /** Before the first step a nano finds, by name, what the CenterNet sees on photographs it was not trained on. */
    @ParameterizedTest
    @CsvSource({
        "astronaut.jpg, person, 5, 15, 360, 511",
        "coffee.jpg, cup, 165, 20, 425, 285",
    })
    void aFreshNanoGroundsAlready(String file, String name, double x1, double y1, double x2, double y2) {
        try (TrainableModel nano = TrainableModel.fresh(GlipConfig.preset("nano"), 3)) {
            Detection best = nano.grounder()
                    .ground(
                            PictureReader.DEFAULT.read(Path.of("../examples/pictures", file)),
                            Prompt.parse("car. cup. person. bottle. dog"))
                    .detections()
                    .get(0);
            assertThat(best.phrase()).isEqualTo(name);
            assertThat(best.box().iou(new BoxXyxy(x1, y1, x2, y2))).isGreaterThan(0.75);
        }
    }
}
