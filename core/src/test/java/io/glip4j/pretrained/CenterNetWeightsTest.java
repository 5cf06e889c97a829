package io.glip4j.pretrained;

import static io.glip4j.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.UnitGolden;
import io.glip4j.model.Mode;
import io.glip4j.model.encoder.CenterNet;
import io.glip4j.model.encoder.CenterNetEncoder;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CenterNetWeightsTest {
    @Test
    void networkEqualsThePublishedGraph() {
        for (UnitGolden golden : UnitGolden.all("pretrained")) {
            try (Parameters parameters = Parameters.uninitialized();
                    TensorScope scope = TensorScope.withoutGradient()) {
                CenterNet network = new CenterNet(parameters.at("body"));
                CenterNetWeights.load(parameters, "body.");
                CenterNet.Output output = network.forward(input(golden));
                assertClose("at8", Tensors.toFloats(output.at8()), golden.floats("at8"), 1e-4);
                assertClose("at16", Tensors.toFloats(output.at16()), golden.floats("at16"), 1e-4);
                assertClose("at32", Tensors.toFloats(output.at32()), golden.floats("at32"), 1e-4);
                assertClose("logits", Tensors.toFloats(output.logits()), golden.floats("logits"), 1e-4);
                assertClose("sides", Tensors.toFloats(output.sides()), golden.floats("sides"), 1e-4);
            }
        }
    }

    @Test
    void encoderUndoesTheNormalisationAndPoolsThePeaks() {
        UnitGolden golden = UnitGolden.all("pretrained").get(0);
        try (Parameters parameters = Parameters.uninitialized();
                TensorScope scope = TensorScope.withoutGradient()) {
            CenterNetEncoder encoder = new CenterNetEncoder(parameters);
            CenterNetWeights.load(parameters, "");
            Tensor mean = Tensors.of(new float[] {103.530f, 116.280f, 123.675f}, 1, 3, 1, 1);
            Tensor deviation = Tensors.of(new float[] {57.375f, 57.120f, 58.395f}, 1, 3, 1, 1);
            Tensor images = input(golden).flip(1).sub(mean).div(deviation);

            List<Tensor> maps = encoder.forward(images, Mode.INFERENCE);

            long[] shape = golden.shape("logits");
            Tensor coarser = null;
            for (int level = 2; level >= 0; level--) {
                int factor = 2 << level;
                long channels = encoder.channels().get(level);
                Tensor map = maps.get(level);
                assertThat(Tensors.shape(map)).containsExactly(1, channels, shape[2] / factor, shape[3] / factor);
                Tensor told = map.narrow(1, channels - 84, 84);
                Tensor sum = coarser == null ? told : told.add(twice(coarser)); // as a pyramid adds
                float[] fitting = fitting(golden, shape, level);
                assertClose(
                        "evidence " + level,
                        Tensors.toFloats(sum.narrow(1, 0, 80)),
                        evidence(fitting, shape, factor),
                        1e-4);
                assertClose(
                        "boxes " + level,
                        Tensors.toFloats(sum.narrow(1, 80, 4)),
                        boxes(fitting, golden.floats("sides"), shape, factor),
                        1e-4);
                coarser = sum;
            }
        }
    }

    /** What is learned starts as the CenterNet's own, and moves features but no evidence. */
    @Test
    void learnedPathStartsAsPublishedAndLeavesTheEvidenceAlone() {
        try (Parameters parameters = Parameters.uninitialized();
                TensorScope scope = TensorScope.withoutGradient()) {
            CenterNetEncoder encoder = new CenterNetEncoder(parameters);
            CenterNetWeights.load(parameters, "");
            torch.manual_seed(2);
            Tensor images = torch.randn(1, 3, 64, 96);
            List<Tensor> before = encoder.forward(images, Mode.INFERENCE);
            try (Parameters own = Parameters.uninitialized()) {
                CenterNet detector = new CenterNet(own);
                CenterNetWeights.load(own, "");
                CenterNet.Output output = detector.forward(CenterNetEncoder.toRgb(images));
                List<Tensor> published = List.of(output.at8(), output.at16(), output.at32());
                for (int level = 0; level < published.size(); level++) {
                    assertThat(features(encoder, before, level)).isEqualTo(Tensors.toFloats(published.get(level)));
                }
            }
            parameters.byName().forEach((name, parameter) -> {
                if (name.startsWith(CenterNetEncoder.LEARNED)) {
                    parameter.mul_(new Scalar(1.1));
                }
            });
            List<Tensor> after = encoder.forward(images, Mode.INFERENCE);
            for (int level = 0; level < after.size(); level++) {
                assertThat(features(encoder, after, level)).isNotEqualTo(features(encoder, before, level));
                assertThat(evidence(encoder, after, level)).isEqualTo(evidence(encoder, before, level));
            }
        }
    }

    private static float[] features(CenterNetEncoder encoder, List<Tensor> maps, int level) {
        int features = encoder.channels().get(level) - CenterNetEncoder.EVIDENCE;
        return Tensors.toFloats(maps.get(level).narrow(1, 0, features));
    }

    private static float[] evidence(CenterNetEncoder encoder, List<Tensor> maps, int level) {
        int features = encoder.channels().get(level) - CenterNetEncoder.EVIDENCE;
        return Tensors.toFloats(maps.get(level).narrow(1, features, CenterNetEncoder.EVIDENCE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"weightsManifest\":[{\"weights\":[{\"name\":\"a\",\"shape\":[9],\"dtype\":\"float32\"}]}]}",
                "{\"weightsManifest\":[{\"weights\":[{\"name\":\"a\",\"shape\":[-1],\"dtype\":\"float32\"}]}]}",
                "{\"weightsManifest\":[{\"weights\":[{\"name\":\"a\",\"shape\":7,\"dtype\":\"float32\"}]}]}",
                "{\"weightsManifest\":[{\"weights\":[{\"name\":\"a\",\"shape\":[8,8,8],\"dtype\":\"float16\"}]}]}",
                "{\"weightsManifest\":[{\"weights\":[{\"name\":\"a\",\"shape\":[1],\"dtype\":\"object\"}]}]}",
                "{}"
            })
    void hostileManifestIsRefused(String manifest) {
        assertThatThrownBy(() -> TfjsWeights.read(stream(manifest), new ByteArrayInputStream(new byte[8]), "made up"))
                .isInstanceOfSatisfying(
                        GlipException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_CHECKPOINT))
                .hasMessageContaining("made up");
    }

    @Test
    void missingWeightIsNamed() {
        try (Parameters parameters = Parameters.uninitialized()) {
            CenterNet network = new CenterNet(parameters);
            assertThat(network).isNotNull();
            assertThatThrownBy(() ->
                            CenterNetWeights.load(stream("{}"), new ByteArrayInputStream(new byte[0]), parameters, ""))
                    .hasMessageContaining("tower_0/MobilenetV3/Conv/Conv2D_weights");
        }
    }

    @Test
    void halvesOfEveryKind() {
        assertThat(TfjsWeights.fromHalf((short) 0x3c00)).isEqualTo(1f);
        assertThat(TfjsWeights.fromHalf((short) 0xc000)).isEqualTo(-2f);
        assertThat(TfjsWeights.fromHalf((short) 0x7bff)).isEqualTo(65_504f);
        assertThat(TfjsWeights.fromHalf((short) 0x0001)).isEqualTo(0x1p-24f);
        assertThat(TfjsWeights.fromHalf((short) 0x8000)).isEqualTo(-0f);
        assertThat(TfjsWeights.fromHalf((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(TfjsWeights.fromHalf((short) 0x7e00)).isNaN();
    }

    /** The recorded picture as (1, 3, H, W) RGB. */
    private static Tensor input(UnitGolden golden) {
        byte[] samples = golden.bytes("input");
        float[] values = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            values[i] = samples[i] & 0xff;
        }
        return Tensors.of(values, golden.shape("input")).permute(2, 0, 1).unsqueeze(0);
    }

    private static float[] evidence(float[] logits, long[] shape, int factor) {
        int height = (int) shape[2];
        int width = (int) shape[3];
        int columns = width / factor;
        float[] result = new float[logits.length / factor / factor];
        for (int i = 0; i < logits.length; i++) {
            int channel = i / (height * width);
            int cell = (i / width % height / factor) * columns + i % width / factor;
            int at = channel * (height / factor) * columns + cell;
            result[at] = Math.max(result[at], (logits[i] + 5) / 2);
        }
        return result;
    }

    private static Tensor twice(Tensor x) {
        long[] size = {2 * x.size(2), 2 * x.size(3)};
        return torch.upsample_nearest2d(x, size, new DoubleOptional(), new DoubleOptional());
    }

    /** The logits, less 10 for each octave that an object's side is more than half an octave off the level's anchor. */
    private static float[] fitting(UnitGolden golden, long[] shape, int level) {
        float[] logits = golden.floats("logits").clone();
        float[] sides = golden.floats("sides");
        int area = (int) (shape[2] * shape[3]);
        for (int i = 0; i < area; i++) {
            double width = Math.max(1, sides[i] + sides[2 * area + i]);
            double height = Math.max(1, sides[area + i] + sides[3 * area + i]);
            double octaves = Math.log(Math.sqrt(width * height) / (64 << level)) / Math.log(2);
            double off = Math.max(0, (level == 0 ? octaves : level == 2 ? -octaves : Math.abs(octaves)) - 0.5);
            for (int c = 0; c < shape[1]; c++) {
                logits[c * area + i] -= (float) (10 * off);
            }
        }
        return logits;
    }

    private static float[] boxes(float[] logits, float[] sides, long[] shape, int factor) {
        int height = (int) shape[2];
        int width = (int) shape[3];
        int rows = height / factor;
        int columns = width / factor;
        int area = height * width;
        int stride = 4 * factor;
        float[] result = new float[4 * rows * columns];
        for (int cell = 0; cell < rows * columns; cell++) {
            int peak = -1;
            float best = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < area; i++) {
                if (i / width / factor == cell / columns && i % width / factor == cell % columns) {
                    for (int c = 0; c < shape[1]; c++) {
                        if (logits[c * area + i] > best) {
                            best = logits[c * area + i];
                            peak = i;
                        }
                    }
                }
            }
            float x1 = 4 * (peak % width) - sides[peak];
            int row = peak / width;
            float y1 = 4 * row - sides[area + peak];
            float x2 = 4 * (peak % width) + sides[2 * area + peak];
            float y2 = 4 * row + sides[3 * area + peak];
            double[] values = {
                ((x1 + x2) / 2 - (cell % columns + 0.5) * stride) / stride,
                ((y1 + y2) / 2 - (Math.floorDiv(cell, columns) + 0.5) * stride) / stride,
                Math.log(Math.max(1, x2 - x1) / (8 * stride)),
                Math.log(Math.max(1, y2 - y1) / (8 * stride))
            };
            for (int k = 0; k < 4; k++) {
                result[k * rows * columns + cell] = (float) Math.max(-3, Math.min(3, values[k]));
            }
        }
        return result;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
