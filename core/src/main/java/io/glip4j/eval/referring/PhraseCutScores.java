package io.glip4j.eval.referring;

import java.util.List;
import java.util.Optional;

/** How well each phrase of PhraseCut was cut out. */
public record PhraseCutScores(List<Task> tasks) {
    public PhraseCutScores {
        tasks = List.copyOf(tasks);
    }

    /** One phrase; without a match there was no prediction. */
    public record Task(String id, Optional<Match> match) {}

    /** The overlap of the mask, and that of all boxes together. */
    public record Match(MaskOverlap mask, MaskOverlap boxes) {}

    /** Masks of the phrases that have a prediction. */
    public OverlapScores masks() {
        return new OverlapScores(matches().stream().map(Match::mask).toList());
    }

    /** Boxes of the phrases that have a prediction. */
    public OverlapScores boxes() {
        return new OverlapScores(matches().stream().map(Match::boxes).toList());
    }

    private List<Match> matches() {
        return tasks.stream().flatMap(task -> task.match().stream()).toList();
    }

    /** Mean mask IoU with phrases without a prediction as 0. */
    public double meanMaskWithMissing() {
        return overAll(masks());
    }

    /** Mean box IoU with phrases without a prediction as 0. */
    public double meanBoxWithMissing() {
        return overAll(boxes());
    }

    private double overAll(OverlapScores scores) {
        return tasks.isEmpty() ? 0 : scores.mean() * scores.overlaps().size() / tasks.size();
    }
}
