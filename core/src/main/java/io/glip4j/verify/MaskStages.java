package io.glip4j.verify;

import static io.glip4j.verify.ForwardStages.TOLERANCE;

import io.glip4j.input.ImageSize;
import io.glip4j.model.head.MaskHead;
import io.glip4j.output.Mask;
import io.glip4j.output.MaskPaster;
import io.glip4j.output.PhraseTokens;
import io.glip4j.output.ScoredBox;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;

/** The mask head under the recorded boxes of the first picture, and the masks pasted from recorded probabilities. */
final class MaskStages implements Stage {
    private static final String DETECTIONS = "detections.0";
    private static final String PROBABILITIES = DETECTIONS + ".mask_prob"; // (R, 1, M, M)
    private static final String PASTED = DETECTIONS + ".masks_pasted"; // (r, 1, H, W)

    @Override
    public List<StageResult> check(CaseRun run) {
        RecordedCase recorded = run.recorded();
        if (run.model().maskHead().isEmpty() || !recorded.expects(PROBABILITIES)) {
            return List.of();
        }
        float[] boxes = Tensors.toFloats(recorded.expected(DETECTIONS + ".boxes_xyxy"));
        MaskHead head = run.model().maskHead().get();
        MaskHead.Output output = head.forward(run.output().fused(), boxes, new int[boxes.length / 4]);
        List<StageResult> results = new ArrayList<>();
        results.add(first(recorded, "mask.pooled", output.pooled()));
        results.add(first(recorded, "mask.features", output.features()));
        results.add(first(recorded, "mask.logits", output.logits()));
        Tensor probabilities = MaskHead.probabilities(output.logits(), tokensOfDetections(recorded));
        results.add(result(PROBABILITIES, probabilities.unsqueeze(1), recorded.expected(PROBABILITIES)));
        results.add(new StageResult(PASTED + ", pixels that differ", wrongPixels(recorded), 0));
        return results;
    }

    /** Of some stages only the first boxes and tokens were recorded. */
    private static StageResult first(RecordedCase recorded, String stage, Tensor got) {
        Tensor expected = recorded.expected(stage);
        return result(stage, got.narrow(0, 0, expected.size(0)).narrow(1, 0, expected.size(1)), expected);
    }

    private static StageResult result(String stage, Tensor got, Tensor expected) {
        return new StageResult(stage, Deviation.relative(got, expected), TOLERANCE);
    }

    private static List<List<Integer>> tokensOfDetections(RecordedCase recorded) {
        Map<Integer, List<Integer>> byClass =
                recorded.phrases().stream().collect(Collectors.toMap(PhraseTokens::phrase, PhraseTokens::tokens));
        return DetectionStages.recorded(recorded, DETECTIONS).stream()
                .map(detection -> byClass.getOrDefault(detection.phrase(), List.of()))
                .toList();
    }

    private static int wrongPixels(RecordedCase recorded) {
        float[] probabilities = Tensors.toFloats(recorded.expected(PROBABILITIES));
        int size = Math.toIntExact(recorded.expected(PROBABILITIES).size(3));
        float[] pasted = Tensors.toFloats(recorded.expected(PASTED));
        ImageSize picture = recorded.imageSize(0);
        int pixels = picture.width() * picture.height();
        List<ScoredBox> boxes = DetectionStages.recorded(recorded, DETECTIONS);
        int wrong = 0;
        for (int i = 0; i < pasted.length / pixels; i++) {
            float[] square = new float[size * size];
            System.arraycopy(probabilities, i * square.length, square, 0, square.length);
            Mask mask = MaskPaster.PUBLISHED.paste(square, size, boxes.get(i).box(), picture.width(), picture.height());
            for (int pixel = 0; pixel < pixels; pixel++) {
                wrong += mask.pixels()[pixel] == (byte) pasted[i * pixels + pixel] ? 0 : 1;
            }
        }
        return wrong;
    }
}
