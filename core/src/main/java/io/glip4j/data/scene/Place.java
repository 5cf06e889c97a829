package io.glip4j.data.scene;

import java.util.Optional;

/** A part of the picture; corners come first, as they are also at the top and on the left. */
enum Place {
    TOP_LEFT(0, 0, "top left", "in the top left corner"),
    TOP_RIGHT(2, 0, "top right", "in the top right corner"),
    BOTTOM_LEFT(0, 2, "bottom left", "in the bottom left corner"),
    BOTTOM_RIGHT(2, 2, "bottom right", "in the bottom right corner"),
    MIDDLE(1, 1, "middle", "in the middle"),
    LEFT(0, Place.ANY, "left", "on the left"),
    RIGHT(2, Place.ANY, "right", "on the right"),
    TOP(Place.ANY, 0, "top", "at the top"),
    BOTTOM(Place.ANY, 2, "bottom", "at the bottom");

    private static final int ANY = -1;
    private static final double INNER = 0.06;
    private static final double OUTER = 0.08;

    private final int column;
    private final int row;
    private final String answer;
    private final String words;

    Place(int column, int row, String answer, String words) {
        this.column = column;
        this.row = row;
        this.answer = answer;
        this.words = words;
    }

    /** "top left". */
    String answer() {
        return answer;
    }

    /** "in the top left corner". */
    String words() {
        return words;
    }

    /** Where the object's centre is, in thirds of the picture; unclear near their borders. */
    Verdict of(Thing thing, int width, int height) {
        return third(thing.centreX() / width, column).and(third(thing.centreY() / height, row));
    }

    /** The narrowest part that the object is clearly in; empty if it is unclear whether a narrower one is right. */
    static Optional<Place> narrowest(Thing thing, int width, int height) {
        for (Place place : values()) {
            Verdict verdict = place.of(thing, width, height);
            if (verdict != Verdict.NO) {
                return verdict == Verdict.YES ? Optional.of(place) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Verdict third(double at, int number) {
        if (number == ANY) {
            return Verdict.YES;
        }
        double before = number / 3.0 - at; // below 0 where at is inside
        double after = at - (number + 1) / 3.0;
        double outside = Math.max(number == 0 ? -1 : before, number == 2 ? -1 : after);
        if (outside <= -INNER) {
            return Verdict.YES;
        }
        return outside >= OUTER ? Verdict.NO : Verdict.UNCLEAR;
    }
}
