package io.glip4j.model;

import static io.glip4j.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.GlipException;
import io.glip4j.OneThread;
import io.glip4j.SmallNetworks;
import io.glip4j.model.encoder.WordsBefore;
import io.glip4j.torch.Device;
import io.glip4j.torch.Form;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Words that see the picture and earlier words, beside pictures that see no words. */
@ExtendWith(OneThread.class)
class DescribingTest {
    private static final int WORDS = 7;
    private static final double TOLERANCE = 1e-5;

    static List<GlipConfig> networks() {
        return List.of(SmallNetworks.bert(), SmallNetworks.clip(), SmallNetworks.reader());
    }

    private interface Body {
        void run(GlipModel model);
    }

    private static void with(GlipConfig config, Body body) {
        try (Parameters parameters = Parameters.seeded(11);
                TensorScope scope = TensorScope.withoutGradient()) {
            body.run(new GlipModel(parameters, config));
        }
    }

    private static Tensor pictures(int count) {
        torch.manual_seed(3);
        return torch.randn(count, 3, 64, 96);
    }

    private static PictureMemory memory(GlipModel model, Tensor pictures) {
        return model.memorize(model.encodeImages(pictures, Mode.INFERENCE));
    }

    private static Tensor ids(int... ids) {
        return Tensors.of(IntStream.of(ids).asLongStream().toArray(), 1, ids.length);
    }

    private static Tensor logits(GlipModel model, PictureMemory memory, Tensor ids, WordsBefore before) {
        Tensor fused = model.describe(memory, ids, before, Mode.INFERENCE);
        return model.nextWordHead().orElseThrow().forward(fused); // (N, T, V)
    }

    private static Tensor logits(GlipModel model, PictureMemory memory, Tensor ids) {
        return logits(model, memory, ids, WordsBefore.NONE);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aLaterWordNeverChangesAnEarlierPrediction(GlipConfig config) {
        with(config, model -> {
            PictureMemory memory = memory(model, pictures(1));
            int[] text = {1, 5, 9, 13, 17, 21, 25};
            Tensor whole = logits(model, memory, ids(text));
            for (int changed = 1; changed < WORDS; changed++) {
                int[] other = text.clone();
                for (int i = changed; i < WORDS; i++) {
                    other[i] = 50 - i;
                }
                Tensor got = logits(model, memory, ids(other));
                assertThat(Tensors.toFloats(got.narrow(1, 0, changed)))
                        .as("words before %d", changed)
                        .containsExactly(Tensors.toFloats(whole.narrow(1, 0, changed)));
                assertThat(Tensors.toFloats(got.select(1, changed)))
                        .as("word %d itself", changed)
                        .isNotEqualTo(Tensors.toFloats(whole.select(1, changed)));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("networks")
    void thePictureIsTheSameWhateverTheText(GlipConfig config) {
        with(config, model -> {
            Tensor pictures = pictures(1);
            List<float[]> before = values(memory(model, pictures));
            PictureMemory memory = memory(model, pictures);
            assertThat(memory.blocks()).hasSize(config.fusion().blocks());
            logits(model, memory, ids(1, 2, 3));
            logits(model, memory, ids(40, 30, 20, 10));
            List<float[]> after = values(memory);
            for (int block = 0; block < before.size(); block++) {
                assertThat(Arrays.equals(after.get(block), before.get(block)))
                        .as("block %d", block)
                        .isTrue();
            }
        });
    }

    private static List<float[]> values(PictureMemory memory) {
        return Stream.concat(memory.blocks().stream(), memory.finished().stream())
                .map(Tensors::toFloats)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void wordsSeeThePicture(GlipConfig config) {
        with(config, model -> {
            Tensor two = pictures(2);
            Tensor first = logits(model, memory(model, two.narrow(0, 0, 1)), ids(1, 2, 3));
            Tensor second = logits(model, memory(model, two.narrow(0, 1, 1)), ids(1, 2, 3));
            for (int word = 0; word < 3; word++) {
                assertThat(Tensors.toFloats(first.select(1, word)))
                        .isNotEqualTo(Tensors.toFloats(second.select(1, word)));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("networks")
    void oneWordAtATimeSaysWhatTheWholeTextSays(GlipConfig config) {
        with(config, model -> {
            PictureMemory memory = memory(model, pictures(2));
            Tensor ids = Tensors.of(
                    new long[] {
                        1, 5, 9, 13, 17, 21, 25, 1, 6, 11, 16, 21, 26, 31, 1, 2, 3, 4, 5, 6, 7, 1, 9, 8, 7, 6, 5, 4
                    },
                    4,
                    WORDS); // two texts for each of two pictures
            Tensor whole = logits(model, memory, ids);
            for (int together = 1; together <= 3; together++) {
                WordCache cache = new WordCache(config, 4, WORDS, Device.CPU);
                List<Tensor> parts = new ArrayList<>();
                for (int at = 0; at < WORDS; at += together) {
                    int count = Math.min(together, WORDS - at);
                    parts.add(logits(model, memory, ids.narrow(1, at, count), cache));
                }
                assertThat(cache.count()).isEqualTo(WORDS);
                Tensor joined = Tensors.cat(1, parts.toArray(Tensor[]::new));
                assertClose(together + " at a time", Tensors.toFloats(joined), Tensors.toFloats(whole), TOLERANCE);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("networks")
    void textsMayGoOnFromOneAnother(GlipConfig config) {
        with(config, model -> {
            PictureMemory memory = memory(model, pictures(1));
            WordCache cache = new WordCache(config, 3, WORDS, Device.CPU);
            logits(model, memory, Tensors.of(new long[] {1, 2, 1, 3, 1, 4}, 3, 2), cache);
            cache.reorder(Tensors.of(new long[] {2, 2, 0}, 3));
            Tensor got = logits(model, memory, Tensors.of(new long[] {7, 8, 9}, 3, 1), cache);
            Tensor texts = Tensors.of(new long[] {1, 4, 7, 1, 4, 8, 1, 2, 9}, 3, 3);
            Tensor expected = logits(model, memory, texts).narrow(1, 2, 1);
            assertClose("after reordering", Tensors.toFloats(got), Tensors.toFloats(expected), TOLERANCE);
        });
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aCacheTakesNoMoreThanItHasRoomFor(GlipConfig config) {
        with(config, model -> {
            PictureMemory memory = memory(model, pictures(1));
            WordCache cache = new WordCache(config, 1, 2, Device.CPU);
            assertThatThrownBy(() -> logits(model, memory, ids(1, 2, 3), cache))
                    .isInstanceOf(GlipException.class)
                    .hasMessageContaining("wanted at most 2 words, got 3");
        });
    }

    /** Texts of several lengths, padded. */
    @ParameterizedTest
    @MethodSource("networks")
    void fourPicturesTogetherAreFourAlone(GlipConfig config) {
        with(config, model -> {
            Tensor pictures = pictures(4);
            long[] ids = new long[4 * WORDS];
            for (int n = 0; n < 4; n++) {
                for (int i = 0; i < WORDS - n; i++) {
                    ids[n * WORDS + i] = 1 + (3L * n + 7L * i) % 50;
                }
            }
            Tensor texts = Tensors.of(ids, 4, WORDS);
            Tensor together = logits(model, memory(model, pictures), texts);
            for (int n = 0; n < 4; n++) {
                Tensor alone = logits(
                        model,
                        memory(model, pictures.narrow(0, n, 1)),
                        texts.narrow(0, n, 1).narrow(1, 0, WORDS - n));
                assertClose(
                        "picture " + n,
                        Tensors.toFloats(together.narrow(0, n, 1).narrow(1, 0, WORDS - n)),
                        Tensors.toFloats(alone),
                        TOLERANCE);
            }
        });
    }

    /** Questions of several lengths, padded: answers read the fused start token. */
    @ParameterizedTest
    @MethodSource("networks")
    void fourQuestionsTogetherAreFourAlone(GlipConfig config) {
        with(config, model -> {
            Tensor pictures = pictures(4);
            long[] ids = new long[4 * WORDS];
            long[] mask = new long[4 * WORDS];
            for (int n = 0; n < 4; n++) {
                for (int i = 0; i < WORDS - n; i++) {
                    ids[n * WORDS + i] = 1 + (3L * n + 7L * i) % 50;
                    mask[n * WORDS + i] = 1;
                }
            }
            Tensor texts = Tensors.of(ids, 4, WORDS);
            Tensor masks = Tensors.of(mask, 4, WORDS);
            Tensor together = answers(model, pictures, new TextBatch(texts, masks));
            assertThat(Tensors.shape(together)).containsExactly(4, SmallNetworks.ANSWERS.size());
            for (int n = 0; n < 4; n++) {
                Tensor alone = answers(
                        model,
                        pictures.narrow(0, n, 1),
                        new TextBatch(
                                texts.narrow(0, n, 1).narrow(1, 0, WORDS - n),
                                masks.narrow(0, n, 1).narrow(1, 0, WORDS - n)));
                assertClose(
                        "question " + n,
                        Tensors.toFloats(together.narrow(0, n, 1)),
                        Tensors.toFloats(alone),
                        TOLERANCE);
            }
        });
    }

    private static Tensor answers(GlipModel model, Tensor pictures, TextBatch text) {
        ImageFeatures images = model.encodeImages(pictures, Mode.INFERENCE);
        Tensor fused = model.fuseWords(images, model.encodeText(text), Mode.INFERENCE);
        return model.answer(images, fused, text.attentionMask());
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void everyFormSaysTheSame(Form form) {
        GlipConfig config = SmallNetworks.bert();
        with(config, plain -> {
            try (Parameters copied = Parameters.uninitialized();
                    Parameters drawn = Parameters.seeded(11)) {
                GlipModel again = new GlipModel(copied.in(form), config);
                new GlipModel(drawn, config);
                drawn.byName()
                        .forEach((name, tensor) -> Objects.requireNonNull(
                                        copied.byName().get(name))
                                .copy_(tensor));
                Tensor expected = logits(plain, memory(plain, pictures(1)), ids(1, 2, 3));
                Tensor got = logits(again, memory(again, pictures(1)), ids(1, 2, 3));
                double tolerance = form == Form.BFLOAT16 ? 0.03 : 1e-4;
                assertClose(form.toString(), Tensors.toFloats(got), Tensors.toFloats(expected), tolerance);
            }
        });
    }
}
