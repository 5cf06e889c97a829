package io.glip4j.paint;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds a place for each tag: inside the picture, at its box, and where possible neither on another tag nor on a box so
 * small that the tag would hide it.
 */
final class TagLayout {
    private static final int STEPS = 12;
    private static final double SMALL_BOX_TAGS = 3;
    private static final double BOX_WEIGHT = 0.5;

    private final double width;
    private final double height;
    private final List<Rectangle2D> boxes;
    private final List<Rectangle2D> placed = new ArrayList<>();

    /** A picture of this size with all the boxes that will have tags. */
    TagLayout(double width, double height, List<Rectangle2D> boxes) {
        this.width = width;
        this.height = height;
        this.boxes = List.copyOf(boxes);
    }

    /** The place of the next tag: the first that is free, else the one that hides least. */
    Rectangle2D place(Rectangle2D box, double tagWidth, double tagHeight) {
        List<Rectangle2D> candidates = candidates(box, tagWidth, tagHeight);
        Rectangle2D best = candidates.get(0);
        double least = Double.POSITIVE_INFINITY;
        for (Rectangle2D candidate : candidates) {
            double hidden = hidden(candidate);
            if (hidden < least) {
                least = hidden;
                best = candidate;
            }
        }
        placed.add(best);
        return best;
    }

    /** Above the box, in its upper corners, below it, beside it, then further and further away. */
    private List<Rectangle2D> candidates(Rectangle2D box, double tagWidth, double tagHeight) {
        double left = box.getMinX();
        double right = box.getMaxX() - tagWidth;
        double top = box.getMinY();
        double above = top - tagHeight;
        double bottom = box.getMaxY();
        List<Rectangle2D> candidates = new ArrayList<>();
        if (above >= 0) {
            candidates.add(inside(left, above, tagWidth, tagHeight));
        }
        candidates.add(inside(left, top, tagWidth, tagHeight));
        if (above >= 0) {
            candidates.add(inside(right, above, tagWidth, tagHeight));
        }
        candidates.add(inside(right, top, tagWidth, tagHeight));
        candidates.add(inside(left, bottom, tagWidth, tagHeight));
        candidates.add(inside(right, bottom, tagWidth, tagHeight));
        candidates.add(inside(box.getMaxX(), top, tagWidth, tagHeight));
        candidates.add(inside(left - tagWidth, top, tagWidth, tagHeight));
        for (int step = 1; step <= STEPS; step++) {
            double away = step * tagHeight;
            candidates.add(inside(left, top + away, tagWidth, tagHeight));
            candidates.add(inside(right, top + away, tagWidth, tagHeight));
            candidates.add(inside(left, above - away, tagWidth, tagHeight));
            candidates.add(inside(left, bottom + away, tagWidth, tagHeight));
        }
        return candidates;
    }

    private Rectangle2D inside(double x, double y, double tagWidth, double tagHeight) {
        return new Rectangle2D.Double(
                Math.max(0, Math.min(x, width - tagWidth)),
                Math.max(0, Math.min(y, height - tagHeight)),
                tagWidth,
                tagHeight);
    }

    private double hidden(Rectangle2D candidate) {
        double sum = 0;
        for (Rectangle2D other : placed) {
            sum += common(candidate, other);
        }
        double small = SMALL_BOX_TAGS * area(candidate);
        for (Rectangle2D box : boxes) {
            if (area(box) < small) {
                sum += BOX_WEIGHT * common(candidate, box);
            }
        }
        return sum;
    }

    private static double common(Rectangle2D one, Rectangle2D other) {
        Rectangle2D both = one.createIntersection(other);
        return both.isEmpty() ? 0 : area(both);
    }

    private static double area(Rectangle2D rectangle) {
        return rectangle.getWidth() * rectangle.getHeight();
    }
}
