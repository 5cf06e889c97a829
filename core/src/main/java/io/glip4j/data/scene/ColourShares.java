package io.glip4j.data.scene;

import java.util.Optional;

/**
 * How much of an object each colour has. Outlines are black in some styles whatever the thing's colour, and windows or
 * lights white, so small parts of black and white are not counted.
 */
final class ColourShares {
    private static final double MOST_OUTLINE = 0.3;
    private static final double MOST_LIGHTS = 0.2;
    private static final double LEAST_OF_COLOUR = 0.5;
    private static final double MOST_OF_OTHER = 0.22;
    private static final double CLEARLY_NOT = 0.12;

    private final double[] shares; // by number of the name, the last for what lies between; sum to 1, or all zero

    private ColourShares(double[] shares) {
        this.shares = shares;
    }

    /** Counts by number of the name. */
    static ColourShares ofCounts(int[] counts) {
        double total = 0;
        for (int count : counts) {
            total += count;
        }
        double black = counts[ColourName.BLACK.number()] / Math.max(1, total);
        double white = counts[ColourName.WHITE.number()] / Math.max(1, total);
        double[] shares = new double[counts.length];
        double counted = 0;
        for (int i = 0; i < counts.length; i++) {
            boolean left = (i == ColourName.BLACK.number() && black < MOST_OUTLINE)
                    || (i == ColourName.WHITE.number() && white < MOST_LIGHTS);
            shares[i] = left ? 0 : counts[i];
            counted += shares[i];
        }
        for (int i = 0; i < counts.length && counted > 0; i++) {
            shares[i] /= counted;
        }
        return new ColourShares(shares);
    }

    /** The colour that most of it has, where no other has a good part. */
    Optional<ColourName> name() {
        ColourName found = null;
        for (ColourName name : ColourName.values()) {
            if (shares[name.number()] >= LEAST_OF_COLOUR) {
                found = name;
            } else if (shares[name.number()] > MOST_OF_OTHER) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(found);
    }

    /** Whether it would be called so. */
    Verdict is(ColourName name) {
        if (name().filter(name::equals).isPresent()) {
            return Verdict.YES;
        }
        double doubtful = shares[name.number()] + shares[ColourName.BETWEEN];
        return doubtful < CLEARLY_NOT || (name().isPresent() && shares[name.number()] < CLEARLY_NOT)
                ? Verdict.NO
                : Verdict.UNCLEAR;
    }
}
