package io.glip4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.glip4j.GlipException;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.torch.Parameters;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LayerDecayTest {
    private static final Offset<Double> CLOSE = within(1e-18);
    private static final SolverConfig SOLVER = SolverConfig.published(1_000);

    @Test
    void earlierLayersLearnMoreSlowly() {
        SolverConfig decayed = LayerDecay.applied(SOLVER, namesOf("tiny"), 0.5);
        String swin = "backbone.body.layers.";
        assertThat(decayed.rateOf(swin + "3.blocks.1.mlp.fc1.weight")).isCloseTo(1e-4, CLOSE);
        assertThat(decayed.rateOf(swin + "3.blocks.0.mlp.fc1.weight")).isCloseTo(1e-4 / 2, CLOSE);
        assertThat(decayed.rateOf(swin + "2.downsample.reduction.weight"))
                .as("between two layers as the one before")
                .isCloseTo(decayed.rateOf(swin + "2.blocks.5.mlp.fc1.weight"), CLOSE);
        assertThat(decayed.rateOf("backbone.body.patch_embed.proj.weight")).isCloseTo(1e-4 / 4096, CLOSE);
    }

    @Test
    void theTextEncodersOwnFactorStays() {
        SolverConfig decayed = LayerDecay.applied(SOLVER, namesOf("tiny"), 0.9);
        String bert = "language_backbone.body.model.";
        assertThat(decayed.rateOf(bert + "encoder.layer.11.output.dense.weight"))
                .isCloseTo(1e-5, CLOSE);
        assertThat(decayed.rateOf(bert + "encoder.layer.1.output.dense.weight"))
                .isCloseTo(1e-5 * Math.pow(0.9, 10), CLOSE);
        assertThat(decayed.rateOf(bert + "embeddings.word_embeddings.weight"))
                .isCloseTo(1e-5 * Math.pow(0.9, 12), CLOSE);
        assertThat(decayed.rateOf("rpn.head.bbox_pred.weight")).isCloseTo(1e-4, CLOSE);
        assertThat(decayed.rateOf(bert + "encoder.layer.11.output.dense.bias"))
                .as("twice, as of every bias")
                .isCloseTo(2e-5, CLOSE);
    }

    @Test
    void aFactorOfOneChangesNothing() {
        SolverConfig same = LayerDecay.applied(SOLVER, namesOf("nano"), 1);
        namesOf("nano").forEach(name -> assertThat(same.rateOf(name)).isCloseTo(SOLVER.rateOf(name), CLOSE));
        assertThatThrownBy(() -> LayerDecay.applied(SOLVER, List.of(), 0))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("wanted a layer decay in (0, 1], got 0.0");
    }

    private static List<String> namesOf(String preset) {
        try (Parameters parameters = Parameters.uninitialized()) {
            new GlipModel(parameters, GlipConfig.preset(preset));
            return List.copyOf(parameters.byName().keySet());
        }
    }
}
