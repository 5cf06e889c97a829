package io.glip4j.verify;

import io.glip4j.model.FusedFeatures;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Encoders, pyramid, fusion layers and heads, each against what was recorded of it. */
final class ForwardStages implements Stage {
    static final double TOLERANCE = 1e-4;

    private static final long TEXT_TOKENS = 1;
    private static final long LOGIT_TOKENS = 2;

    @Override
    public List<StageResult> check(CaseRun run) {
        Comparison comparison = new Comparison(run);
        comparison.list("swin", 1, run.image().maps());
        comparison.list("fpn", 0, run.image().levels());
        comparison.tokens("language.hidden", run.text().hidden(), TEXT_TOKENS);
        comparison.tokens("language.embedded", run.text().embedded(), TEXT_TOKENS);
        for (int layer = 0; layer < run.tower().size(); layer++) {
            FusedFeatures fused = run.tower().get(layer);
            comparison.list("tower." + layer + ".visual", 0, fused.levels());
            comparison.tokens("tower." + layer + ".hidden", fused.text(), TEXT_TOKENS);
        }
        comparison.list("bbox_reg", 0, run.output().boxDeltas());
        comparison.list("centerness", 0, run.output().centerness());
        List<Tensor> logits = run.output().wordLogits();
        for (int level = 0; level < logits.size(); level++) {
            comparison.tokens("dot_product_logits." + level, logits.get(level), LOGIT_TOKENS);
        }
        return comparison.results;
    }

    /** Collects results of those stages that were recorded. */
    private static final class Comparison {
        private final CaseRun run;
        private final List<StageResult> results = new ArrayList<>();

        Comparison(CaseRun run) {
            this.run = run;
        }

        void list(String name, int first, List<Tensor> got) {
            for (int i = 0; i < got.size(); i++) {
                String stage = name + "." + (first + i);
                if (run.recorded().expects(stage)) {
                    add(stage, got.get(i), run.recorded().expected(stage));
                }
            }
        }

        void tokens(String stage, Tensor got, long axis) {
            if (run.recorded().expects(stage)) {
                Tensor mask = run.text().attentionMask();
                add(
                        stage,
                        Deviation.withoutPadding(got, axis, mask),
                        Deviation.withoutPadding(run.recorded().expected(stage), axis, mask));
            }
        }

        private void add(String stage, Tensor got, Tensor expected) {
            results.add(new StageResult(stage, Deviation.relative(got, expected), TOLERANCE));
        }
    }
}
