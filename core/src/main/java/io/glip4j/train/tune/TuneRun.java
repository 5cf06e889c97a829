package io.glip4j.train.tune;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.train.TuningMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/**
 * One run of the protocol.
 *
 * @param shots pictures of each class, or {@link #ALL}
 * @param seed of the choice of pictures and of training
 */
public record TuneRun(TuningMode mode, int shots, int seed) {
    /** All pictures that there are. */
    public static final int ALL = 0;

    public TuneRun {
        if (shots < ALL) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "tuning: wanted shots of at least 0 (0 for all pictures), got " + shots);
        }
    }

    /** Every mode with every number of shots, seed by seed: what is interrupted has all modes with fewer seeds. */
    public static List<TuneRun> of(Collection<TuningMode> modes, Collection<Integer> shots, Collection<Integer> seeds) {
        if (modes.isEmpty() || shots.isEmpty() || seeds.isEmpty()) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "tuning: wanted at least one mode, number of shots and seed, got " + modes + ", " + shots + " and "
                            + seeds);
        }
        List<TuneRun> runs = new ArrayList<>();
        for (int seed : new LinkedHashSet<>(seeds)) {
            for (TuningMode mode : new LinkedHashSet<>(modes)) {
                for (int count : new LinkedHashSet<>(shots)) {
                    runs.add(new TuneRun(mode, count, seed));
                }
            }
        }
        return runs;
    }

    /** As it is called in files: {@code linear_probe-10-seed-3}. */
    String name() {
        return String.format(Locale.ROOT, "%s-%s-seed-%d", mode.label(), shots == ALL ? "all" : shots, seed);
    }
}
