package io.glip4j.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.glip4j.geometry.BoxCoder;
import io.glip4j.torch.Tensors;
import io.glip4j.train.loss.AtssAssigner;
import io.glip4j.train.loss.GroundingLoss;
import io.glip4j.train.loss.PictureTruth;
import io.glip4j.train.loss.Positives;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Which anchor answers for which box, with what encoding and tokens. */
final class TargetStages implements Stage {
    private static final int BOX = 4;
    private static final double EXACT = 0;
    private static final double ENCODING_TOLERANCE = 1e-5;

    @Override
    public List<StageResult> check(CaseRun run) {
        List<StageResult> results = new ArrayList<>();
        List<PictureTruth> batch = RecordedTruth.of(run.recorded());
        for (int picture = 0; picture < batch.size(); picture++) {
            Positives positives = Positives.of(
                    AtssAssigner.PUBLISHED, GroundingLoss.anchors(run.output()), List.of(batch.get(picture)));
            results.addAll(new OnePicture(run, picture, batch.get(picture), positives).check());
        }
        return results;
    }

    private record OnePicture(CaseRun run, int picture, PictureTruth truth, Positives positives) {
        List<StageResult> check() {
            String name = "targets." + picture + ".";
            List<StageResult> results = new ArrayList<>();
            if (run.recorded().expects(name + "labels")) {
                results.add(new StageResult(name + "labels", labels(name + "labels"), EXACT));
            }
            if (run.recorded().expects(name + "reg_targets")) {
                results.add(new StageResult(name + "reg_targets", encoding(name + "reg_targets"), ENCODING_TOLERANCE));
            }
            if (run.recorded().expects(name + "token_labels")) {
                results.add(new StageResult(name + "token_labels", tokens(name + "token_labels"), EXACT));
            }
            return results;
        }

        private double labels(String name) {
            float[] expected = Tensors.toFloats(run.recorded().expected(name)); // (A)
            float[] got = new float[GroundingLoss.anchors(run.output()).count()];
            JsonNode targets = run.recorded().json().required("targets");
            List<Integer> labels = RecordedTruth.labels(targets.required(picture));
            indices().forEach(i -> got[positives.anchor(i)] = labels.get(positives.box(i)));
            return Deviation.relative(got, expected);
        }

        /** Of the positive anchors: what the others would have to give has no meaning. */
        private double encoding(String name) {
            float[] all = Tensors.toFloats(run.recorded().expected(name)); // (A, 4)
            float[] expected = new float[BOX * positives.count()];
            indices().forEach(i -> System.arraycopy(all, BOX * positives.anchor(i), expected, BOX * i, BOX));
            return Deviation.relative(BoxCoder.encode(positives.boxesXyxy(), positives.anchorsXyxy()), expected);
        }

        /** Over the tokens that are not padding. */
        private double tokens(String name) {
            int tokens = Math.toIntExact(
                    run.text().attentionMask().select(0, picture).sum().item_long());
            float[] expected = Tensors.toFloats(run.recorded().expected(name).narrow(1, 0, tokens)); // (A, T)
            float[] got = new float[expected.length];
            indices()
                    .forEach(i -> truth.tokens()
                            .get(positives.box(i))
                            .forEach(token -> got[positives.anchor(i) * tokens + token] = 1));
            for (int i = 0; i < expected.length; i++) {
                expected[i] = expected[i] > 0 ? 1 : 0;
            }
            return Deviation.relative(got, expected);
        }

        private IntStream indices() {
            return IntStream.range(0, positives.count());
        }
    }
}
