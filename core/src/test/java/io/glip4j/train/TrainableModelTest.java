package io.glip4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.SmallNetworks;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.inference.EncodedPicture;
import io.glip4j.inference.Grounder;
import io.glip4j.input.Picture;
import io.glip4j.input.PictureReader;
import io.glip4j.input.Prompt;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.Task;
import io.glip4j.model.file.ModelFile;
import io.glip4j.output.Detection;
import io.glip4j.output.Grounding;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.checkpoint.Precision;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    /** What was kept of a picture is as good as the picture while its encoder stays, and the rest may change. */
    @Test
    void anEncodedPictureIsGroundedAsThePictureIs() {
        try (TrainableModel nano = TrainableModel.fresh(GlipConfig.preset("nano"), 3)) {
            Grounder grounder = nano.grounder();
            Picture coffee = PictureReader.DEFAULT.read(Path.of("../examples/pictures/coffee.jpg"));
            Prompt prompt = Prompt.parse("cup. bottle");
            try (EncodedPicture encoded = grounder.encode(coffee)) {
                Grounding before = grounder.ground(coffee, prompt);
                assertThat(grounder.ground(encoded, prompt)).isEqualTo(before);
                SmallNetworks.makeEverythingLikely(nano.network().parameters());
                assertThat(grounder.ground(encoded, prompt))
                        .isEqualTo(grounder.ground(coffee, prompt))
                        .isNotEqualTo(before);
            }
        }
    }

    /** A network that grounds gets two more heads, and keeps every weight it had. */
    @Test
    void aModelLearnsMoreTasksWithTheWeightsItHas(@TempDir Path folder) {
        GlipConfig all = SmallNetworks.english();
        GlipConfig before = new GlipConfig(
                "small", all.image(), all.imageEncoder(), all.textEncoder(), all.fusion(), all.postProcess(), Set.of());
        Path file = folder.resolve("small.safetensors");
        try (TrainableModel small = TrainableModel.fresh(before, 3)) {
            small.write(file, TrainConfig.published(1), Precision.FULL);
            try (ModelFile opened = ModelFile.open(file);
                    TrainableModel more = TrainableModel.from(opened, all, 4)) {
                Map<String, Tensor> had = small.network().parameters().byName();
                Map<String, Tensor> has = more.network().parameters().byName();
                assertThat(more.config().tasks()).containsExactly(Task.GROUND, Task.ANSWER, Task.DESCRIBE);
                had.forEach((name, weight) -> assertThat(Arrays.equals(
                                Tensors.toFloats(Objects.requireNonNull(has.get(name))), Tensors.toFloats(weight)))
                        .as(name)
                        .isTrue());
                assertThat(has.keySet())
                        .filteredOn(name -> !had.containsKey(name))
                        .hasSize(11)
                        .allMatch(name -> name.startsWith("rpn.head.answer_head.")
                                || name.startsWith("rpn.head.next_word_head."));
                Tensor decoder = Objects.requireNonNull(has.get("rpn.head.answer_head.decoder.weight"));
                assertThat(Tensors.toFloats(decoder)).doesNotContain(0);
            }
        }
    }
}
