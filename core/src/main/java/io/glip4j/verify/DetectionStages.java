package io.glip4j.verify;

import io.glip4j.geometry.BoxXyxy;
import io.glip4j.input.ImageSize;
import io.glip4j.model.LevelPredictions;
import io.glip4j.output.PostProcessor;
import io.glip4j.output.ScoredBox;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.List;

/** The boxes of each picture, in the frame of the resized picture, in any order among equal scores. */
final class DetectionStages implements Stage {
    private static final double PIXELS = 0.01;
    private static final double SCORE = 1e-5;

    @Override
    public List<StageResult> check(CaseRun run) {
        List<StageResult> results = new ArrayList<>();
        for (int picture = 0; run.recorded().expects("detections." + picture + ".scores"); picture++) {
            String name = "detections." + picture;
            List<ScoredBox> expected = recorded(run.recorded(), name);
            Pairing pairing = Pairing.of(detect(run, picture), expected);
            results.add(new StageResult(name + " without counterpart", pairing.alone, 0));
            results.add(new StageResult(name + ".boxes_xyxy in pixels", pairing.pixels, PIXELS));
            results.add(new StageResult(name + ".scores", pairing.score, SCORE));
        }
        return results;
    }

    static List<ScoredBox> recorded(RecordedCase recorded, String name) {
        float[] boxes = Tensors.toFloats(recorded.expected(name + ".boxes_xyxy"));
        float[] scores = Tensors.toFloats(recorded.expected(name + ".scores"));
        long[] labels = Tensors.toLongs(recorded.expected(name + ".labels"));
        List<ScoredBox> detections = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            BoxXyxy box = new BoxXyxy(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]);
            detections.add(new ScoredBox(Math.toIntExact(labels[i]), scores[i], box, List.of()));
        }
        return detections;
    }

    private static List<ScoredBox> detect(CaseRun run, int picture) {
        RecordedCase recorded = run.recorded();
        int tokens = Math.toIntExact(run.text().attentionMask().size(1));
        List<LevelPredictions> levels = run.output().read(picture, tokens);
        ImageSize size = recorded.imageSize(picture);
        PostProcessor postProcessor = new PostProcessor(recorded.config().postProcess());
        return postProcessor.select(
                List.of(postProcessor.candidates(levels, recorded.phrases(), size.width(), size.height())));
    }

    /** Which of the boxes found stands for which recorded one: of the same class and score, the nearest. */
    private static final class Pairing {
        private int alone;
        private double pixels;
        private double score;

        static Pairing of(List<ScoredBox> got, List<ScoredBox> expected) {
            Pairing pairing = new Pairing();
            List<ScoredBox> free = new ArrayList<>(got);
            for (ScoredBox wanted : expected) {
                pairing.match(wanted, free);
            }
            pairing.alone += free.size();
            return pairing;
        }

        private void match(ScoredBox wanted, List<ScoredBox> free) {
            int nearest = -1;
            for (int i = 0; i < free.size(); i++) {
                ScoredBox candidate = free.get(i);
                boolean alike =
                        candidate.phrase() == wanted.phrase() && Math.abs(candidate.score() - wanted.score()) <= SCORE;
                if (alike && (nearest < 0 || distance(candidate, wanted) < distance(free.get(nearest), wanted))) {
                    nearest = i;
                }
            }
            if (nearest < 0) {
                alone++;
                return;
            }
            ScoredBox partner = free.remove(nearest);
            pixels = Math.max(pixels, distance(partner, wanted));
            score = Math.max(score, Math.abs(partner.score() - wanted.score()));
        }

        private static double distance(ScoredBox a, ScoredBox b) {
            return Math.max(
                    Math.max(
                            Math.abs(a.box().x1() - b.box().x1()),
                            Math.abs(a.box().y1() - b.box().y1())),
                    Math.max(
                            Math.abs(a.box().x2() - b.box().x2()),
                            Math.abs(a.box().y2() - b.box().y2())));
        }
    }
}
