package io.glip4j.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glip4j.GlipException;
import io.glip4j.GoldenTensors;
import io.glip4j.Goldens;
import io.glip4j.geometry.Anchors;
import io.glip4j.geometry.BoxCoder;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.model.FusedFeatures;
import io.glip4j.model.GlipOutput;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.distributed.Ranks;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GroundingLossTest {
    private static final int LEVELS = 5;

    /** Cases whose training step saw the very output that was recorded: not those with masked words. */
    static List<Path> trainingCases() {
        return Goldens.folders("model").stream()
                .flatMap(models -> Stream.of(models.toFile().listFiles(File::isDirectory)))
                .map(File::toPath)
                .filter(folder -> {
                    try (GoldenTensors expected = GoldenTensors.expected(folder)) {
                        return expected.has("loss.total") && !expected.has("input.mlm_labels");
                    }
                })
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("trainingCases")
    void targetsAndLossesOfTheRecordedOutput(Path folder) throws IOException {
        JsonNode recorded =
                new ObjectMapper().readTree(folder.resolve("case.json").toFile());
        try (TensorScope scope = TensorScope.withoutGradient();
                GoldenTensors expected = GoldenTensors.expected(folder)) {
            GlipOutput output = output(expected);
            List<PictureTruth> batch = truth(recorded);

            Anchors anchors = GroundingLoss.anchors(output);
            Positives positives = Positives.of(AtssAssigner.PUBLISHED, anchors, batch);
            assertTargets(expected, recorded, anchors, positives);

            Losses losses = GroundingLoss.PUBLISHED.of(output, batch, expected.tensor("input.attention_mask"));
            assertLoss(losses.get(LossTerm.LOCALIZATION), expected, "loss.loss_reg");
            assertLoss(losses.get(LossTerm.CENTERNESS), expected, "loss.loss_centerness");
            assertLoss(losses.get(LossTerm.WORD_ALIGNMENT), expected, "loss.loss_dot_product_token");
            assertLoss(losses.total(), expected, "loss.total");
        }
    }

    private static void assertTargets(GoldenTensors expected, JsonNode recorded, Anchors anchors, Positives positives) {
        float[] deltas = BoxCoder.encode(positives.boxesXyxy(), positives.anchorsXyxy());
        int at = 0;
        for (int picture = 0; picture < recorded.required("targets").size(); picture++) {
            JsonNode boxLabels = recorded.required("targets").get(picture).required("labels");
            long[] labels = expected.longs("targets." + picture + ".labels");
            float[] wanted = expected.floats("targets." + picture + ".reg_targets");
            for (int anchor = 0; anchor < anchors.count(); anchor++) {
                boolean positive =
                        at < positives.count() && positives.picture(at) == picture && positives.anchor(at) == anchor;
                int label = positive ? boxLabels.get(positives.box(at)).asInt() : 0;
                assertThat(label).as("picture %d anchor %d", picture, anchor).isEqualTo((int) labels[anchor]);
                for (int side = 0; positive && side < 4; side++) {
                    assertThat(deltas[4 * at + side]).isEqualTo(wanted[4 * anchor + side], within(1e-4f));
                }
                at += positive ? 1 : 0;
            }
        }
        assertThat(at).isEqualTo(positives.count());
    }

    private static void assertLoss(Tensor loss, GoldenTensors expected, String name) {
        double wanted = expected.floats(name)[0];
        assertThat((double) Tensors.toFloats(loss)[0]).as(name).isEqualTo(wanted, within(1e-5 * wanted));
    }

    @Test
    void withoutBoxesOnlyTheWordsAreAsked() {
        try (TensorScope scope = TensorScope.open()) {
            GlipOutput output = randomOutput();
            output.boxDeltas().get(0).set_requires_grad(true);
            Losses losses =
                    GroundingLoss.PUBLISHED.of(output, List.of(new PictureTruth(List.of(), List.of())), mask(1, 1, 0));
            losses.total().backward();
            assertThat(losses.values().get(LossTerm.LOCALIZATION)).isZero();
            assertThat(losses.values().get(LossTerm.CENTERNESS)).isZero();
            assertThat(losses.values().get(LossTerm.WORD_ALIGNMENT)).isPositive();
            assertThat(Tensors.toFloats(output.boxDeltas().get(0).grad())).containsOnly(0f);
        }
    }

    @Test
    void whatIsToBeFoundMustFitTheBatch() {
        try (TensorScope scope = TensorScope.open()) {
            GlipOutput output = randomOutput();
            assertThatThrownBy(() -> GroundingLoss.PUBLISHED.of(output, List.of(), mask(1, 1, 1)))
                    .isInstanceOf(GlipException.class)
                    .hasMessageContaining("1 pictures, got it for 0");
            PictureTruth beyond = new PictureTruth(List.of(new BoxXyxy(5, 5, 50, 50)), List.of(List.of(2)));
            assertThatThrownBy(() -> GroundingLoss.PUBLISHED.of(output, List.of(beyond), mask(1, 1, 0)))
                    .isInstanceOf(GlipException.class)
                    .hasMessageContaining("among the 2 of the batch, got 2");
        }
    }

    @Test
    void maskedWordsAreAveragedOverTheMaskedOnes() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor logits = Tensors.of(new float[] {0, 0, 9, 1, 3, 3}, 1, 3, 2);
            Tensor labels = Tensors.of(new long[] {1, WordLoss.NOT_TOLD, 0}, 1, 3);
            assertThat(Tensors.toFloats(WordLoss.of(x -> x, logits, labels, Ranks.ALONE))[0])
                    .isEqualTo((float) Math.log(2), within(1e-6f));
            Tensor none = Tensors.of(new long[] {-100, -100, -100}, 1, 3);
            assertThat(Tensors.toFloats(WordLoss.of(x -> x, logits, none, Ranks.ALONE))[0])
                    .isZero();
        }
    }

    private static Tensor mask(long... tokens) {
        return Tensors.of(tokens, 1, tokens.length);
    }

    private static GlipOutput randomOutput() {
        return new GlipOutput(
                List.of(torch.zeros(1, 4, 8, 8)),
                List.of(torch.zeros(1, 1, 8, 8)),
                List.of(torch.zeros(1, 64, 3)),
                new FusedFeatures(List.of(), torch.zeros(1, 3, 2)));
    }

    private static GlipOutput output(GoldenTensors expected) {
        return new GlipOutput(
                levels(expected, "bbox_reg."),
                levels(expected, "centerness."),
                levels(expected, "dot_product_logits."),
                new FusedFeatures(List.of(), torch.zeros(1)));
    }

    private static List<Tensor> levels(GoldenTensors expected, String name) {
        return IntStream.range(0, LEVELS)
                .mapToObj(level -> expected.tensor(name + level))
                .toList();
    }

    private static List<PictureTruth> truth(JsonNode recorded) {
        List<PictureTruth> batch = new ArrayList<>();
        for (JsonNode picture : recorded.required("targets")) {
            List<BoxXyxy> boxes = new ArrayList<>();
            List<List<Integer>> tokens = new ArrayList<>();
            for (JsonNode box : picture.required("boxes_xyxy")) {
                boxes.add(new BoxXyxy(
                        box.get(0).asDouble(),
                        box.get(1).asDouble(),
                        box.get(2).asDouble(),
                        box.get(3).asDouble()));
            }
            for (JsonNode label : picture.required("labels")) {
                List<Integer> positions = new ArrayList<>();
                recorded.required("label_to_tokens").required(label.asText()).forEach(t -> positions.add(t.asInt()));
                tokens.add(positions);
            }
            batch.add(new PictureTruth(boxes, tokens));
        }
        return batch;
    }
}
