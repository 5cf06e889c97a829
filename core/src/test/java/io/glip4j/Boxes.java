package io.glip4j;

import io.glip4j.geometry.BoxOverlap;
import io.glip4j.geometry.BoxXyxy;

/** Boxes in tests. */
public final class Boxes {
    private Boxes() {}

    /** Intersection over union with the legacy +1, 0..1. */
    public static double iou(BoxXyxy a, BoxXyxy b) {
        return BoxOverlap.legacyIou(array(a), 0, array(b), 0);
    }

    private static float[] array(BoxXyxy box) {
        return new float[] {(float) box.x1(), (float) box.y1(), (float) box.x2(), (float) box.y2()};
    }
}
