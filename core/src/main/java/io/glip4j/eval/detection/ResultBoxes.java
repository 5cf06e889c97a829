package io.glip4j.eval.detection;

import io.glip4j.geometry.BoxXywh;
import io.glip4j.geometry.BoxXyxy;

/** How GLIP turns the corners it finds into the x, y, width, height of a results file. */
public enum ResultBoxes {
    /** COCO and ODinW: the right and lower corners are the last pixels inside, so that a width is x2 - x1 + 1. */
    LAST_PIXEL_INSIDE(1),
    /** LVIS: a width is x2 - x1. */
    CORNERS(0);

    private final double extra;

    ResultBoxes(double extra) {
        this.extra = extra;
    }

    BoxXywh xywh(BoxXyxy box) {
        return new BoxXywh(box.x1(), box.y1(), box.x2() - box.x1() + extra, box.y2() - box.y1() + extra);
    }
}
