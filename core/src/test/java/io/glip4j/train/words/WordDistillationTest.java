package io.glip4j.train.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.GlipException;
import io.glip4j.data.OtherWords;
import io.glip4j.model.GlipConfig;
import io.glip4j.pretrained.CenterNetTeacher;
import io.glip4j.pretrained.NanoStart;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.train.TrainableModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class WordDistillationTest {
    private static final List<Path> PICTURES =
            List.of(Path.of("../examples/pictures/cat.jpg"), Path.of("../examples/pictures/astronaut.jpg"));
    private static final ClassWords WORDS = ClassWords.of(
            CenterNetTeacher.CLASSES,
            new OtherWords(Map.of("dog", List.of("puppy", "hound"), "cat", List.of("kitten"))),
            List.of("lamp", "tower", "sock"));

    private static final int STEPS = 8;

    @Test
    void teachesWordsAndMovesNothingElse() {
        try (TrainableModel nano = TrainableModel.fresh(GlipConfig.preset("nano"), 1)) {
            Parameters parameters = nano.network().parameters();
            String box = "rpn.head.bbox_pred.weight";
            String words = "rpn.head.dot_product_projection_text.weight";
            float[] boxBefore = values(parameters, box);
            float[] wordsBefore = values(parameters, words);
            List<Double> untaught = teach(nano, 1e-12);
            List<Double> taught = teach(nano, 2e-3);

            assertThat(untaught).hasSize(STEPS);
            assertThat(taught.get(STEPS - 1)).as("the same prompt").isLessThan(0.95 * untaught.get(STEPS - 1));
            assertThat(values(parameters, box)).isEqualTo(boxBefore);
            assertThat(values(parameters, words)).isNotEqualTo(wordsBefore);
            assertThat(directions(parameters, 1)).isEqualTo(directions(parameters, 0));
            assertThat(directions(parameters, 2)).isEqualTo(directions(parameters, 0));
        }
    }

    @Test
    void otherNetworksAndNoPicturesAreRefused() {
        try (TrainableModel nano = TrainableModel.fresh(GlipConfig.preset("nano"), 1)) {
            assertThatThrownBy(() -> WordDistillation.teach(
                            nano.network(), List.of(), WORDS, WordConfig.DEFAULT, (step, loss) -> {}))
                    .isInstanceOf(GlipException.class)
                    .hasMessageContaining("wanted pictures");
        }
        assertThatThrownBy(() -> new WordConfig(0, 8, 1e-3, 0))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("steps of at least 1, got 0");
    }

    /** The losses, step by step; the same prompts and pictures at any rate. */
    private static List<Double> teach(TrainableModel nano, double rate) {
        List<Double> losses = new ArrayList<>();
        WordDistillation.teach(
                nano.network(), PICTURES, WORDS, new WordConfig(STEPS, 2, rate, 5), (step, loss) -> losses.add(loss));
        return losses;
    }

    private static float[] values(Parameters parameters, String name) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            return Tensors.toFloats(parameter(parameters, name));
        }
    }

    /** (C, 80) at a stride, of the channels of meaning. */
    private static float[] directions(Parameters parameters, int stride) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            long[] meaning = NanoStart.meaningChannels(GlipConfig.preset("nano")).stream()
                    .mapToLong(Integer::longValue)
                    .toArray();
            Tensor weight = parameter(parameters, NanoStart.evidenceWeights().get(stride));
            return Tensors.toFloats(NanoStart.evidence(weight).index_select(0, Tensors.of(meaning, meaning.length)));
        }
    }

    private static Tensor parameter(Parameters parameters, String name) {
        Tensor parameter = parameters.byName().get(name);
        if (parameter == null) {
            throw new AssertionError("no " + name);
        }
        return parameter;
    }
}
