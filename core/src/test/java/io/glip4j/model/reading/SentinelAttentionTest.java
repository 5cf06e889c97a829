package io.glip4j.model.reading;

import static io.glip4j.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Attention with a sentinel against the formula in double precision, word by word. */
class SentinelAttentionTest {
    private static final int D = 4;
    private static final int PLACES = 5;
    private static final int PICTURE = 7;
    private static final int WORD = 6;
    private static final int HEADS = SentinelAttention.HEADS;

    private static double[] values(Map<String, Tensor> all, String name) {
        float[] floats = Tensors.toFloats(Objects.requireNonNull(all.get(name)));
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    /** W x + b, W (out, in). */
    private static double[] linear(Map<String, Tensor> all, String name, double[] x) {
        double[] weight = values(all, name + ".weight");
        double[] y =
                all.containsKey(name + ".bias") ? values(all, name + ".bias") : new double[weight.length / x.length];
        for (int o = 0; o < y.length; o++) {
            for (int i = 0; i < x.length; i++) {
                y[o] += weight[o * x.length + i] * x[i];
            }
        }
        return y;
    }

    private static double[] normalised(double[] x) {
        double mean = 0;
        double square = 0;
        for (double value : x) {
            mean += value / x.length;
        }
        for (double value : x) {
            square += (value - mean) * (value - mean) / x.length;
        }
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = (x[i] - mean) / Math.sqrt(square + 1e-5);
        }
        return y;
    }

    /**
     * What one word reads.
     *
     * @param grounded how well it matches each location
     */
    private static double[] expected(Map<String, Tensor> all, double[][] picture, double[] grounded, double[] word) {
        double[] words = normalised(word);
        double[] key = linear(all, "l_proj", words);
        double[] sentinels = values(all, "sentinel");
        double sharpness = values(all, "sharpness")[0];
        double[] seen = new double[HEADS * D];
        double[] outweighed = new double[2];
        for (int head = 0; head < HEADS; head++) {
            double[] weights = new double[picture.length];
            double places = 0;
            double best = 0;
            for (int p = 0; p < picture.length; p++) {
                double[] query = linear(all, "v_proj", picture[p]);
                double learned = 0;
                for (int d = 0; d < D; d++) {
                    learned += key[d] * query[d];
                }
                weights[p] = Math.exp(head == 0 ? sharpness * grounded[p] : learned);
                places += weights[p];
                best = Math.max(best, weights[p]);
            }
            double nothing = Math.exp(sentinels[head]);
            if (head == 0) {
                outweighed[0] = 0.3 * (Math.log((nothing + places) / nothing) - 2.5);
                outweighed[1] = Math.log((nothing + best) / nothing) - 0.8;
            }
            for (int p = 0; p < picture.length; p++) {
                double[] value = linear(all, "values_v_proj", picture[p]);
                for (int d = 0; d < D; d++) {
                    seen[head * D + d] += weights[p] / (nothing + places) * value[head * D + d];
                }
            }
        }
        double[] read = linear(all, "out_l_proj", seen);
        double[] evidence = linear(all, "evidence_proj", outweighed);
        for (int i = 0; i < read.length; i++) {
            read[i] += words[i] + evidence[i];
        }
        return read;
    }

    private static double[] row(float[] values, int row, int width) {
        double[] result = new double[width];
        for (int i = 0; i < width; i++) {
            result[i] = values[row * width + i];
        }
        return result;
    }

    @Test
    void severalTextsReadTheirPictures() {
        try (Parameters parameters = Parameters.seeded(5);
                TensorScope scope = TensorScope.withoutGradient()) {
            SentinelAttention attention = new SentinelAttention(parameters, D, PICTURE, WORD);
            Map<String, Tensor> all = parameters.byName();
            all.forEach((name, parameter) -> { // nothing may be zero
                if (!name.contains("layer_norm")) {
                    torch.normal_(parameter, 0, 0.4);
                }
            });
            Tensor pictures = torch.randn(2, PLACES, PICTURE);
            Tensor texts = torch.randn(6, 3, WORD); // three texts for each of two pictures
            Tensor grounded = torch.randn(2, 9, PLACES); // of three times three words
            Tensor got = attention.forward(pictures, grounded, texts);
            assertThat(Tensors.shape(got)).containsExactly(6, 3, WORD);
            float[] seen = Tensors.toFloats(pictures);
            float[] words = Tensors.toFloats(texts);
            float[] matches = Tensors.toFloats(grounded);
            for (int text = 0; text < 6; text++) {
                double[][] picture = new double[PLACES][];
                for (int p = 0; p < PLACES; p++) {
                    picture[p] = row(seen, text / 3 * PLACES + p, PICTURE);
                }
                for (int token = 0; token < 3; token++) {
                    int word = 3 * text + token;
                    double[] expected = expected(all, picture, row(matches, word, PLACES), row(words, word, WORD));
                    float[] single = new float[WORD];
                    for (int i = 0; i < WORD; i++) {
                        single[i] = (float) expected[i];
                    }
                    float[] actual = Tensors.toFloats(got.select(0, text).select(0, token));
                    assertClose("text " + text + ", token " + token, actual, single, 1e-5);
                }
            }
        }
    }

    @Test
    void aPlaceIsWhereItIs() {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            List<Tensor> levels = List.of(torch.randn(2, 3, 2, 4), torch.randn(2, 3, 1, 2));
            Tensor finished = FinishedPicture.of(levels);
            long channels = FinishedPicture.channels(3, 2);
            assertThat(Tensors.shape(finished)).containsExactly(2, 10, channels);
            float[] second = Tensors.toFloats(finished.select(0, 1));
            float[] map = Tensors.toFloats(levels.get(0).select(0, 1)); // (3, 2, 4)
            int location = 1 * 4 + 3; // second row, last column of the finer level
            double[] row = row(second, location, (int) channels);
            for (int channel = 0; channel < 3; channel++) {
                assertThat(row[channel]).isEqualTo(3 * map[channel * 8 + location]);
            }
            assertThat(row[3]).isEqualTo(0.75); // x of -1..1
            assertThat(row[10]).isEqualTo(0.5); // y
            assertThat(row[17]).isEqualTo(1); // of the first level
            assertThat(row[18]).isZero();
            double[] coarse = row(second, 8, (int) channels);
            assertThat(coarse[3]).isEqualTo(-0.5);
            assertThat(coarse[10]).isZero();
            assertThat(coarse[18]).isEqualTo(1);
        }
    }
}
