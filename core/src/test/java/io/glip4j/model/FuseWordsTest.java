package io.glip4j.model;

import static io.glip4j.Close.assertClose;

import io.glip4j.SmallNetworks;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fused words without the boxes' side are those of the whole fusion. */
class FuseWordsTest {
    static List<GlipConfig> networks() {
        return List.of(SmallNetworks.bert(), SmallNetworks.clip());
    }

    private interface Body {
        void run(GlipModel model, ImageFeatures images);
    }

    /** With drawn weights, on two pictures. */
    private static void with(GlipConfig config, Body body) {
        try (Parameters parameters = Parameters.seeded(13);
                TensorScope scope = TensorScope.withoutGradient()) {
            GlipModel model = new GlipModel(parameters, config);
            torch.manual_seed(4);
            body.run(model, model.encodeImages(torch.randn(2, 3, 64, 96), Mode.INFERENCE));
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void areThoseOfTheWholeFusion(GlipConfig config) {
        with(config, (model, images) -> {
            Tensor ids = Tensors.of(new long[] {1, 7, 9, 2, 1, 8, 2, 0}, 2, 4);
            Tensor mask = Tensors.of(new long[] {1, 1, 1, 1, 1, 1, 1, 0}, 2, 4); // the second text is shorter
            TextFeatures text = model.encodeText(new TextBatch(ids, mask));
            Tensor whole = model.fuse(images, text, Mode.INFERENCE).text();
            Tensor alone = model.fuseWords(images, text, Mode.INFERENCE);
            assertClose("words", known(alone), known(whole), 1e-5);
        });
    }

    @ParameterizedTest
    @MethodSource("networks")
    void severalTextsReadOnePicture(GlipConfig config) {
        with(config, (model, images) -> {
            Tensor ids = Tensors.of(new long[] {1, 7, 9, 1, 8, 2, 3, 4, 5, 9, 9, 2}, 4, 3); // two texts a picture
            Tensor mask = torch.ones_like(ids);
            Tensor together = model.fuseWords(images, model.encodeText(new TextBatch(ids, mask)), Mode.INFERENCE);
            for (int text = 0; text < 4; text++) {
                int picture = text / 2;
                ImageFeatures own = new ImageFeatures(
                        List.of(),
                        images.levels().stream()
                                .map(level -> level.narrow(0, picture, 1))
                                .toList());
                TextBatch alone = new TextBatch(ids.narrow(0, text, 1), mask.narrow(0, text, 1));
                Tensor words = model.fuseWords(own, model.encodeText(alone), Mode.INFERENCE);
                assertClose(
                        "text " + text, Tensors.toFloats(together.narrow(0, text, 1)), Tensors.toFloats(words), 1e-5);
            }
        });
    }

    /** All words but the padding. */
    private static float[] known(Tensor words) {
        return Tensors.toFloats(words.flatten(0, 1).narrow(0, 0, 7));
    }
}
