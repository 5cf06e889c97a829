package io.glip4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glip4j.GlipException;
import io.glip4j.model.GlipConfig;
import io.glip4j.model.GlipModel;
import io.glip4j.torch.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TuningTest {
    @Test
    void stopsWhenPatienceEndsAndKeepsTheBest() {
        double[] precisions = {0.1, 0.3, 0.3, 0.2, 0.25, 0.9};
        List<String> calls = new ArrayList<>();
        EarlyStop early = new EarlyStop(
                step -> Map.of("AP", precisions[step - 1], "other", 1.0),
                "AP",
                3,
                () -> calls.add("keep"),
                () -> calls.add("stop"));
        for (int step = 1; step <= 5; step++) {
            assertThat(early.evaluate(step)).containsEntry("AP", precisions[step - 1]);
        }
        assertThat(calls).containsExactly("keep", "keep", "stop");
        assertThat(early.best()).isEqualTo(0.3);
        assertThat(early.bestStep()).isEqualTo(2);
        early.evaluate(6);
        assertThat(early.best()).isEqualTo(0.9);
    }

    @Test
    void patienceIsNeeded() {
        assertThatThrownBy(() -> new EarlyStop(step -> Map.of(), "AP", 0, () -> {}, () -> {}))
                .isInstanceOf(GlipException.class)
                .hasMessageContaining("patience of at least 1");
    }

    /** What reads boxes and words off the fused features, and nothing before it, in the nano as in the others. */
    @Test
    void aLinearProbeMovesTheLastLayersAlone() {
        try (Parameters parameters = Parameters.uninitialized()) {
            new GlipModel(parameters, GlipConfig.preset("nano").withAlso(Set.of(GlipConfig.Head.MASK)));
            Set<String> names = parameters.byName().keySet();
            SolverConfig probe = TuningMode.LINEAR_PROBE.applied(SolverConfig.published(10), names);
            assertThat(names.stream().filter(probe::trains).sorted())
                    .containsExactly(
                            "rpn.head.bbox_pred.bias",
                            "rpn.head.bbox_pred.weight",
                            "rpn.head.bias0",
                            "rpn.head.bias_lang",
                            "rpn.head.centerness.bias",
                            "rpn.head.centerness.weight",
                            "rpn.head.dot_product_projection_text.bias",
                            "rpn.head.dot_product_projection_text.weight",
                            "rpn.head.log_scale",
                            "rpn.head.scales.0.scale",
                            "rpn.head.scales.1.scale",
                            "rpn.head.scales.2.scale",
                            "rpn.head.scales.3.scale",
                            "rpn.head.scales.4.scale");
            SolverConfig usual = TrainConfig.nano(10).solver();
            assertThat(TuningMode.FULL.applied(usual, names)).isEqualTo(usual);
        }
    }
}
