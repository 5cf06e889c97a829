package io.glip4j.data.scene;

import java.util.List;
import java.util.Locale;

/** Where one object is, seen from another. */
enum Relation {
    LEFT_OF,
    RIGHT_OF,
    ABOVE,
    BELOW;

    static final List<Relation> ALL = List.of(values());

    /** As a share of the smaller distance of centres: how much overlap of boxes still is "left of". */
    private static final double MOST_OVERLAP = 0.1;

    /** Clear where the boxes lie apart along one axis and no farther apart along the other. */
    Verdict of(Thing one, Thing other) {
        double across = one.centreX() - other.centreX();
        double down = one.centreY() - other.centreY();
        return switch (this) {
            case LEFT_OF ->
                verdict(-across, Math.abs(down), one.box().x2() - other.box().x1());
            case RIGHT_OF ->
                verdict(across, Math.abs(down), other.box().x2() - one.box().x1());
            case ABOVE ->
                verdict(-down, Math.abs(across), one.box().y2() - other.box().y1());
            case BELOW ->
                verdict(down, Math.abs(across), other.box().y2() - one.box().y1());
        };
    }

    private static Verdict verdict(double along, double aside, double overlap) {
        if (along <= 0) {
            return Verdict.NO;
        }
        return overlap <= MOST_OVERLAP * along && aside <= along ? Verdict.YES : Verdict.UNCLEAR;
    }

    /** "left of". */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
