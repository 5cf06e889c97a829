package io.glip4j.model.encoder;

import static io.glip4j.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.model.Mode;
import io.glip4j.model.SwinConfig;
import io.glip4j.model.SwinConfig.Version;
import io.glip4j.torch.Form;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SwinEncoderTest {
    private static final float TOLERANCE = 1e-5f;

    private static SwinConfig config(Version version, double dropPath) {
        return new SwinConfig(version, 4, List.of(1, 1, 2, 2), List.of(1, 1, 2, 2), 3, true, dropPath);
    }

    @ParameterizedTest
    @CsvSource({
        "V1, 32, 64, 4, 8",
        "V1, 36, 20, 5, 3",
        "V1, 4, 4, 1, 1",
        "V1, 33, 17, 5, 3", // rounded up at every step
        "V2, 32, 64, 5, 9",
        "V2, 7, 7, 1, 1" // to multiples of 7, then (n + 4 - 7) / 4 + 1, then halves rounded up
    })
    void sizesFollowFromTheTensors(Version version, long height, long width, long height8, long width8) {
        try (Parameters parameters = Parameters.seeded(3)) {
            SwinEncoder encoder = new SwinEncoder(parameters, config(version, 0));
            try (TensorScope scope = TensorScope.withoutGradient()) {
                List<Tensor> maps = encoder.forward(torch.randn(2, 3, height, width), Mode.INFERENCE);

                long h = height8;
                long w = width8;
                for (int i = 0; i < 3; i++) {
                    assertThat(Tensors.shape(maps.get(i)))
                            .containsExactly(2, encoder.channels().get(i), h, w);
                    h = (h + 1) / 2;
                    w = (w + 1) / 2;
                }
            }
        }
    }

    @Test
    void mergingTakesTheRowBelowBeforeTheColumnBeside() {
        try (Parameters parameters = Parameters.seeded(3)) {
            PatchMerging merging = PatchMerging.of(parameters, Version.V1, 1);
            try (TensorScope scope = TensorScope.withoutGradient()) {
                Tensor weight = Objects.requireNonNull(parameters.byName().get("reduction.weight"));
                weight.copy_(Tensors.of(new float[] {0, 1, 0, 0, 0, 0, 1, 0}, 2, 4)); // second and third neighbour
                Tensor map = Tensors.of(new float[] {1, 2, 3, 4}, 1, 2, 2, 1);

                float[] merged = Tensors.toFloats(merging.forward(map));

                double spread = Math.sqrt(1.25 + SwinEncoder.EPSILON); // 1, 2, 3, 4 about their mean
                assertThat(merged)
                        .containsExactly(
                                new float[] {(float) (0.5 / spread), (float) (-0.5 / spread)}, within(TOLERANCE));
            }
        }
    }

    @Test
    void mergingPadsOddMapsWithZeros() {
        try (Parameters parameters = Parameters.seeded(3)) {
            PatchMerging merging = PatchMerging.of(parameters, Version.V1, 4);
            try (TensorScope scope = TensorScope.withoutGradient()) {
                Tensor odd = torch.randn(2, 3, 5, 4);
                Tensor even = torch.zeros(2, 4, 6, 4);
                even.narrow(1, 0, 3).narrow(2, 0, 5).copy_(odd);

                assertThat(Tensors.toFloats(merging.forward(odd))).isEqualTo(Tensors.toFloats(merging.forward(even)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 2", "1, 1, 1", "2, 33, 57", "1, 64, 400", "3, 1, 600"})
    void mergingInBandsSaysTheSame(int pictures, int height, int width) {
        try (Parameters plain = Parameters.seeded(3);
                Parameters banded = Parameters.uninitialized();
                TensorScope scope = TensorScope.withoutGradient()) {
            PatchMerging whole = PatchMerging.of(plain, Version.V1, 12);
            PatchMerging inBands = PatchMerging.of(banded.in(Form.FAST), Version.V1, 12);
            plain.byName()
                    .forEach((name, tensor) ->
                            Objects.requireNonNull(banded.byName().get(name)).copy_(tensor));
            Tensor map = torch.randn(pictures, height, width, 12);
            float[] expected = Tensors.toFloats(whole.forward(map));
            assertClose("map", Tensors.toFloats(inBands.forward(map)), expected, 1e-5);
        }
    }

    @Test
    void picturesOfABatchDoNotMeet() {
        try (Parameters parameters = Parameters.seeded(3)) {
            SwinEncoder encoder = new SwinEncoder(parameters, config(Version.V1, 0));
            try (TensorScope scope = TensorScope.withoutGradient()) {
                Tensor images = torch.randn(2, 3, 40, 24);

                List<Tensor> together = encoder.forward(images, Mode.INFERENCE);
                List<Tensor> alone = encoder.forward(images.narrow(0, 1, 1), Mode.INFERENCE);

                for (int i = 0; i < 3; i++) {
                    assertThat(Tensors.toFloats(together.get(i).narrow(0, 1, 1)))
                            .containsExactly(Tensors.toFloats(alone.get(i)), within(TOLERANCE));
                }
            }
        }
    }

    @Test
    void stochasticDepthActsOnlyWhenTraining() {
        try (Parameters parameters = Parameters.seeded(3)) {
            SwinEncoder steady = new SwinEncoder(parameters.at("a"), config(Version.V1, 0));
            SwinEncoder dropping = new SwinEncoder(parameters.at("b"), config(Version.V1, 0.9));
            try (TensorScope scope = TensorScope.withoutGradient()) {
                parameters.byName().forEach((name, parameter) -> {
                    if (name.startsWith("b.")) {
                        parameter.copy_(parameters.byName().get("a" + name.substring(1)));
                    } else if (name.endsWith("gamma")) {
                        parameter.fill_(new Scalar(1));
                    }
                });
                Tensor images = torch.randn(1, 3, 32, 32);
                float[] expected =
                        Tensors.toFloats(steady.forward(images, Mode.TRAINING).get(2));

                assertThat(Tensors.toFloats(
                                dropping.forward(images, Mode.INFERENCE).get(2)))
                        .isEqualTo(expected);
                assertThat(Tensors.toFloats(
                                dropping.forward(images, Mode.TRAINING).get(2)))
                        .isNotEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void everyParameterLearns(Version version) {
        try (Parameters parameters = Parameters.seeded(3)) {
            SwinEncoder encoder = new SwinEncoder(parameters, config(version, 0.1));
            parameters.requireGradient(name -> true);
            try (TensorScope scope = TensorScope.open()) {
                List<Tensor> maps = encoder.forward(torch.randn(4, 3, 64, 40), Mode.TRAINING);
                maps.stream()
                        .map(map -> map.pow(new Scalar(3)).sum())
                        .reduce(Tensor::add)
                        .orElseThrow()
                        .backward();

                parameters
                        .byName()
                        .forEach((name, parameter) -> assertThat(
                                        parameter.grad().abs().sum().item_float())
                                .as(name)
                                .isPositive());
            }
        }
    }

    @Test
    void stochasticDepthGrowsFromTheFirstBlockToTheLast() {
        SwinConfig config = config(Version.V1, 0.5);

        assertThat(SwinStage.dropPath(config, 0, 0)).isZero();
        assertThat(SwinStage.dropPath(config, 2, 0)).isEqualTo(0.2, within(1e-12));
        assertThat(SwinStage.dropPath(config, 3, 1)).isEqualTo(0.5, within(1e-12));
    }

    @Test
    void keptPicturesMakeUpForThoseLeftOut() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            torch.manual_seed(5);
            float[] kept =
                    Tensors.toFloats(new StochasticDepth(0.25).forward(torch.ones(4_000, 2, 1, 1), Mode.TRAINING));

            double sum = 0;
            for (int picture = 0; picture < kept.length; picture += 2) {
                assertThat(kept[picture]).isIn(0f, 1 / 0.75f).isEqualTo(kept[picture + 1]);
                sum += kept[picture];
            }
            assertThat(sum / 4_000).isEqualTo(1, within(0.03));
        }
    }
}
