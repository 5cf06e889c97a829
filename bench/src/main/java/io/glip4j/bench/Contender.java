package io.glip4j.bench;

import io.glip4j.model.FusedFeatures;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.model.ImageFeatures;
import io.glip4j.model.Mode;
import io.glip4j.model.TextBatch;
import io.glip4j.model.TextFeatures;
import io.glip4j.model.fusion.FusionLayer;
import io.glip4j.torch.Form;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A network of one form with drawn weights, the same in every form. */
final class Contender implements AutoCloseable {
    private static final long SEED = 1;
    private static final double OFFSET_DEVIATION = 0.5;
    private static final List<String> TOWER = List.of("cross-attention", "text layer", "dynamic head");

    private final Parameters parameters = Parameters.seeded(SEED);
    private final GlipModel model;
    private final Input input;

    Contender(GlipConfig config, Form form, Input input) {
        this.model = new GlipModel(parameters.in(form), config);
        this.input = input;
        try (TensorScope scope = TensorScope.withoutGradient()) { // drawn as zeros: let the taps move
            parameters.byName().forEach((name, tensor) -> {
                if (name.endsWith(".offset.bias")) {
                    torch.normal_(tensor, 0, OFFSET_DEVIATION);
                }
            });
        }
    }

    /** Seconds of one pass, by stage added to {@code stages}. */
    double pass(Series stages) {
        return pass(input, stages);
    }

    /** The same for another input. */
    double pass(Input other, Series stages) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            torch.manual_seed(SEED);
            Tensor images = torch.randn(other.pictures(), 3, other.height(), other.width());
            TextBatch text = text(other);
            Clock clock = new Clock(stages);
            ImageFeatures image = model.encodeImages(images, Mode.INFERENCE);
            clock.lap("image encoder, pyramid");
            TextFeatures words = model.encodeText(text);
            clock.lap("text encoder");
            FusedFeatures fused = new FusedFeatures(image.levels(), words.hidden());
            List<FusionLayer> layers = model.fusion().layers();
            for (int layer = 0; layer < layers.size(); layer++) {
                fused = step(layers.get(layer), fused, words.attentionMask());
                clock.lap(TOWER.get(layer % TOWER.size()));
            }
            model.predict(fused);
            clock.lap("predictions");
            return clock.total();
        }
    }

    /** Seconds of one picture against many prompts, the picture encoded once. */
    double prompts(int passes) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            torch.manual_seed(SEED);
            Tensor images = torch.randn(input.pictures(), 3, input.height(), input.width());
            long start = System.nanoTime();
            ImageFeatures image = model.encodeImages(images, Mode.INFERENCE);
            for (int pass = 0; pass < passes; pass++) {
                try (TensorScope inner = TensorScope.withoutGradient()) {
                    model.ground(image, model.encodeText(text(input)), Mode.INFERENCE);
                }
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private static FusedFeatures step(FusionLayer layer, FusedFeatures features, Tensor mask) {
        try (TensorScope scope = TensorScope.open()) {
            FusedFeatures updated = layer.forward(features, mask, Mode.INFERENCE);
            return new FusedFeatures(
                    updated.levels().stream().map(scope::handOver).toList(), scope.handOver(updated.text()));
        }
    }

    private static TextBatch text(Input input) {
        long[] ids = new long[input.pictures() * input.tokens()];
        Arrays.setAll(ids, i -> 1_000 + i % input.tokens());
        long[] mask = new long[ids.length];
        Arrays.fill(mask, 1);
        return new TextBatch(
                Tensors.of(ids, input.pictures(), input.tokens()), Tensors.of(mask, input.pictures(), input.tokens()));
    }

    @Override
    public void close() {
        parameters.close();
    }
}
