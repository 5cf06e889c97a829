package io.glip4j.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.GlipOutput;
import io.glip4j.model.Mode;
import io.glip4j.model.TextBatch;
import io.glip4j.model.head.MaskedWordHead;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.distributed.Ranks;
import io.glip4j.train.loss.GroundingLoss;
import io.glip4j.train.loss.LossTerm;
import io.glip4j.train.loss.Losses;
import io.glip4j.train.loss.WordLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** One training step: every loss, and the gradient of every parameter. */
final class TrainingStages implements Stage {
    private static final String TOTAL = "loss.total";
    private static final String MASKED_IDS = "input.mlm_input_ids";
    private static final String MASKED_LABELS = "input.mlm_labels";
    private static final Map<LossTerm, String> RECORDED_AS = Map.of(
            LossTerm.LOCALIZATION, "loss.loss_reg",
            LossTerm.CENTERNESS, "loss.loss_centerness",
            LossTerm.WORD_ALIGNMENT, "loss.loss_dot_product_token",
            LossTerm.MASKED_WORDS, "loss.mlm_loss");
    private static final String IMAGE_ENCODER = "backbone.body.";
    private static final double LOSS_TOLERANCE = 1e-5;

    @Override
    public List<StageResult> check(CaseRun run) {
        if (!run.recorded().expects(TOTAL)) {
            return List.of();
        }
        Map<String, Tensor> parameters = run.parameters().byName();
        run.parameters().requireGradient(name -> !frozen(run.recorded(), name));
        try (TensorScope scope = TensorScope.withGradient()) {
            Losses losses = losses(run);
            losses.total().backward();
            List<StageResult> results = new ArrayList<>(losses(run.recorded(), losses));
            results.addAll(new GradientComparison(run.recorded(), parameters).results());
            return results;
        } finally {
            parameters.values().forEach(parameter -> parameter.mutable_grad().reset());
            run.parameters().requireGradient(name -> false);
        }
    }

    /** Parts of the picture's encoder that the recorded step left as they are have no norm recorded. */
    private static boolean frozen(RecordedCase recorded, String parameter) {
        JsonNode norms = recorded.json().path("grad_norms");
        return parameter.startsWith(IMAGE_ENCODER) && norms.isObject() && !norms.has(parameter);
    }

    /** What recordings call a loss. */
    static String recordedName(LossTerm term) {
        return RECORDED_AS.getOrDefault(term, "").replaceFirst("^loss\\.", "");
    }

    /** All losses that the case has, with their gradients. */
    static Losses losses(CaseRun run) {
        RecordedCase recorded = run.recorded();
        TextBatch words = recorded.text();
        boolean masked = recorded.expects(MASKED_IDS);
        TextBatch shown = masked ? new TextBatch(recorded.expected(MASKED_IDS), words.attentionMask()) : words;
        GlipOutput output = run.model().forward(recorded.images(), shown, Mode.TRAINING);
        Losses losses = GroundingLoss.PUBLISHED.of(output, RecordedTruth.of(recorded), words.attentionMask());
        if (!masked) {
            return losses;
        }
        MaskedWordHead head = run.model()
                .maskedWordHead()
                .orElseThrow(() -> new GlipException(
                        ErrorCode.BAD_ARGUMENT,
                        "wanted the masked-word head's weights in " + recorded.name()
                                + ", as it records masked words"));
        Tensor labels = recorded.expected(MASKED_LABELS);
        return losses.with(
                LossTerm.MASKED_WORDS, WordLoss.of(head::forward, output.fused().text(), labels, Ranks.ALONE));
    }

    private static List<StageResult> losses(RecordedCase recorded, Losses losses) {
        List<StageResult> results = new ArrayList<>();
        losses.terms().forEach((term, loss) -> {
            String name = RECORDED_AS.getOrDefault(term, "");
            if (recorded.expects(name)) {
                results.add(new StageResult(name, Deviation.relative(loss, recorded.expected(name)), LOSS_TOLERANCE));
            }
        });
        results.add(
                new StageResult(TOTAL, Deviation.relative(losses.total(), recorded.expected(TOTAL)), LOSS_TOLERANCE));
        return results;
    }
}
