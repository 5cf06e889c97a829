package io.glip4j.data.scene;

import java.util.List;
import java.util.Locale;

/** What sets one of several alike apart. */
enum Extreme {
    LEFTMOST,
    RIGHTMOST,
    LARGEST,
    SMALLEST;

    private static final double LEAST_APART = 0.1;
    private static final double LEAST_RATIO = 1.7;

    /** Whether {@code one} goes before all others by a clear distance; only for more than one. */
    boolean of(Thing one, List<Thing> alike, int width) {
        return alike.size() > 1
                && alike.stream().allMatch(other -> other.equals(one) || rank(other, width) - rank(one, width) >= 1);
    }

    /** The least is the extreme one; 1 is a clear distance. */
    private double rank(Thing thing, int width) {
        return switch (this) {
            case LEFTMOST -> thing.centreX() / (LEAST_APART * width);
            case RIGHTMOST -> -thing.centreX() / (LEAST_APART * width);
            case LARGEST -> -Math.log(thing.area()) / Math.log(LEAST_RATIO);
            case SMALLEST -> Math.log(thing.area()) / Math.log(LEAST_RATIO);
        };
    }

    /** "leftmost", and for one of two "larger" or "smaller". */
    String word(int alike) {
        if (alike == 2 && this == LARGEST) {
            return "larger";
        }
        return alike == 2 && this == SMALLEST ? "smaller" : name().toLowerCase(Locale.ROOT);
    }
}
