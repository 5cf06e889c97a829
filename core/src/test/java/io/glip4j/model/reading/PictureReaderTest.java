package io.glip4j.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.glip4j.SmallNetworks;
import io.glip4j.model.encoder.TokenContext;
import io.glip4j.model.head.WordAlignment;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class PictureReaderTest {
    private static final int CHANNELS = 8;

    /** Reading learns, and its gradient reaches neither the grounding of words nor, by it, the picture and the words. */
    @Test
    void whatIsLearnedHereMovesNoGrounding() {
        var text = SmallNetworks.reader().textEncoder();
        try (Parameters parameters = Parameters.seeded(4);
                TensorScope scope = TensorScope.withGradient()) {
            WordAlignment alignment = WordAlignment.withConstantBias(parameters.at("head"), CHANNELS, text.width());
            PictureReader reader = new PictureReader(parameters.at("reading"), 1, CHANNELS, 1, text);
            parameters.requireGradient(name -> true);
            Tensor pictures = PictureReader.finished(List.of(torch.randn(2, CHANNELS, 3, 2)));
            Tensor words = torch.randn(4, 5, text.width());
            reader.forward(pictures, words, alignment, layer -> TokenContext.whole(torch.ones(4, 5)))
                    .square()
                    .sum()
                    .backward();
            parameters
                    .byName()
                    .forEach((name, parameter) ->
                            assertThat(parameter.grad().defined()).as(name).isEqualTo(name.startsWith("reading.")));
            Tensor sharpness = Objects.requireNonNull(parameters.byName().get("reading.0.sharpness"));
            assertThat(sharpness.grad().item_double()).isNotZero();
        }
    }
}
