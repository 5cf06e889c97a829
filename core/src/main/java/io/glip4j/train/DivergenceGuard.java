package io.glip4j.train;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;

/** Lets single steps with infinite or undefined losses pass, and stops a run that has many of them. */
final class DivergenceGuard {
    private static final int WINDOW = 50;
    private static final int MOST = 10;

    private final boolean[] skipped = new boolean[WINDOW];
    private int total;

    void record(int step, boolean moved) {
        skipped[step % WINDOW] = !moved;
        total += moved ? 0 : 1;
        int recent = 0;
        for (boolean one : skipped) {
            recent += one ? 1 : 0;
        }
        if (recent > MOST) {
            throw new GlipException(
                    ErrorCode.TRAINING_DIVERGED,
                    "training: wanted finite losses and gradients, got " + recent + " of the last " + WINDOW
                            + " steps (to step " + (step + 1)
                            + ") without; lower the learning rate or lengthen the warm-up, and resume from an"
                            + " earlier checkpoint");
        }
    }

    /** Steps that were passed over since this guard was made. */
    int total() {
        return total;
    }
}
