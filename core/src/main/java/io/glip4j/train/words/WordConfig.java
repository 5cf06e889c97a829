package io.glip4j.train.words;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.train.SolverConfig;
import java.util.List;
import java.util.Map;

/**
 * How a nano's words are taught.
 *
 * @param steps of the solver
 * @param prompts of one step, each beside a picture
 * @param rate of learning at full height
 * @param seed that all draws follow from
 */
public record WordConfig(int steps, int prompts, double rate, long seed) {
    public static final WordConfig DEFAULT = new WordConfig(2_000, 8, 1e-3, 0);

    private static final int WARMUP = 50;
    private static final double FIRST_MILESTONE = 0.6;
    private static final double SECOND_MILESTONE = 0.85;
    private static final double EMA = 0.995;

    /** All but the text layer of the fusion, the way from words to the pyramid's channels, and one lateral. */
    private static final List<String> FROZEN = List.of(
            "language_backbone.",
            "backbone.body.",
            "backbone.fpn.fpn_inner2.bias",
            "backbone.fpn.fpn_inner3",
            "backbone.fpn.fpn_inner4",
            "backbone.fpn.fpn_layer",
            "backbone.fpn.top_blocks",
            "rpn.head.dyhead_tower.0.",
            "rpn.head.dyhead_tower.2.",
            "rpn.head.bbox_pred",
            "rpn.head.centerness",
            "rpn.head.scales",
            "rpn.head.cls_logits",
            "rpn.head.bias0",
            "rpn.head.log_scale",
            "rpn.loss_evaluator",
            "roi_heads");

    public WordConfig {
        check(steps >= 1, "steps of at least 1", steps);
        check(prompts >= 1, "prompts of at least 1", prompts);
        check(rate > 0 && Double.isFinite(rate), "a rate above 0", rate);
    }

    SolverConfig solver() {
        return SolverConfig.published(steps)
                .withBaseRate(rate)
                .withRateFactors(Map.of())
                .withWeightDecay(0)
                .withWarmup(Math.min(WARMUP, steps / 5))
                .withMilestones(List.of((int) (FIRST_MILESTONE * steps), (int) (SECOND_MILESTONE * steps)))
                .withEmaDecay(EMA)
                .withFrozen(FROZEN);
    }

    private static void check(boolean holds, String wanted, Object got) {
        if (!holds) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "words: wanted " + wanted + ", got " + got);
        }
    }
}
