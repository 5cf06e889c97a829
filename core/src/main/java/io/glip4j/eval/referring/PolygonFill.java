package io.glip4j.eval.referring;

import io.glip4j.geometry.RunLengthMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fills a polygon on whole-number points the way the Python Imaging Library does, which PhraseCut's masks are drawn
 * with: row by row between crossings in single precision, borders included.
 */
final class PolygonFill {
    private final int height;
    private final int width;
    private final boolean[] pixels;

    PolygonFill(int height, int width) {
        this.height = height;
        this.width = width;
        this.pixels = new boolean[Math.multiplyExact(height, width)];
    }

    RunLengthMask mask() {
        return RunLengthMask.ofPixels(height, width, pixels);
    }

    /** One side; the row and column it starts at and how far it moves across per row. */
    private static final class Side {
        private final int startX;
        private final int startY;
        private final int top;
        private final int bottom;
        private final float slope;
        private int left;
        private int right;

        Side(int x0, int y0, int x1, int y1) {
            startX = x0;
            startY = y0;
            left = Math.min(x0, x1);
            right = Math.max(x0, x1);
            top = Math.min(y0, y1);
            bottom = Math.max(y0, y1);
            slope = y0 == y1 ? 0 : (float) (x1 - x0) / (y1 - y0);
        }

        boolean covers(int row) {
            return row >= top && row <= bottom;
        }

        boolean endsAt(int row) {
            return row == top || row == bottom;
        }

        float crossing(int row) {
            return (row - startY) * slope + startX;
        }
    }

    /** Adds a polygon of points x, y with whole coordinates. */
    void add(int[] x, int[] y) {
        List<Side> slanted = new ArrayList<>();
        int top = height - 1;
        int bottom = 0;
        for (Side side : sides(x, y)) {
            top = Math.min(top, side.top);
            bottom = Math.max(bottom, side.bottom);
            if (side.top == side.bottom) {
                fill(side.top, side.left, side.right);
            } else {
                slanted.add(side);
            }
        }
        int lastRow = Math.min(bottom, height);
        for (int row = Math.max(top, 0); row <= lastRow; row++) {
            float[] crossings = crossings(slanted, row, lastRow);
            for (int i = 1; i < crossings.length; i += 2) {
                fill(row, roundUp(crossings[i - 1]), roundDown(crossings[i]));
            }
        }
    }

    /** The sides; horizontal ones that go on in one direction are one. */
    private static List<Side> sides(int[] x, int[] y) {
        List<Side> sides = new ArrayList<>();
        int last = x.length - 1;
        for (int i = 0; i < last; i++) {
            if (i > 0 && y[i] == y[i + 1] && y[i] == y[i - 1]) {
                Side before = sides.get(sides.size() - 1);
                if (x[i + 1] > x[i] && x[i] > x[i - 1]) {
                    before.right = x[i + 1];
                    continue;
                }
                if (x[i + 1] < x[i] && x[i] < x[i - 1]) {
                    before.left = x[i + 1];
                    continue;
                }
            }
            sides.add(new Side(x[i], y[i], x[i + 1], y[i + 1]));
        }
        if (x[last] != x[0] || y[last] != y[0]) {
            sides.add(new Side(x[last], y[last], x[0], y[0]));
        }
        return sides;
    }

    /** Where the sides cross a row, sorted; a side that ends above the last row counts twice where it ends. */
    private static float[] crossings(List<Side> sides, int row, int lastRow) {
        float[] found = new float[2 * sides.size()];
        int count = 0;
        for (int i = 0; i < sides.size(); i++) {
            Side side = sides.get(i);
            if (!side.covers(row)) {
                continue;
            }
            float crossing = side.crossing(row);
            if (row == side.bottom && row < lastRow) {
                found[count++] = crossing;
                found[count++] = crossing;
            } else {
                found[count++] = side.endsAt(row) && side.slope != 0
                        ? joined(crossing, side, sides.subList(0, i), row)
                        : crossing;
            }
        }
        float[] sorted = Arrays.copyOf(found, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** At a sharp corner with an earlier side, moves the crossing to meet the next row, so that no gap shows. */
    private static float joined(float crossing, Side side, List<Side> earlier, int row) {
        int next = row == side.bottom ? row - 1 : row + 1;
        for (Side other : earlier) {
            if (!other.endsAt(row) || other.slope == 0 || round(crossing) != round(other.crossing(row))) {
                continue;
            }
            if (other.covers(next)) {
                float own = side.crossing(next);
                float others = other.crossing(next);
                if (crossing > own + 1 && crossing > others + 1) {
                    return round(Math.max(own, others)) + 1;
                }
                if (crossing < own - 1 && crossing < others - 1) {
                    return round(Math.min(own, others)) - 1;
                }
                return crossing;
            }
        }
        return crossing;
    }

    private void fill(int row, int from, int to) {
        if (row < 0 || row >= height || from >= width || to < 0) {
            return;
        }
        int begin = Math.max(from, 0);
        int end = Math.min(to, width - 1) + 1;
        if (begin < end) {
            Arrays.fill(pixels, row * width + begin, row * width + end, true);
        }
    }

    /** To the nearest whole number, halves away from zero. */
    private static float round(float value) {
        return (float) Math.copySign(Math.floor(Math.abs((double) value) + 0.5), value);
    }

    private static int roundUp(float value) {
        return (int) (value >= 0 ? Math.floor(value + 0.5f) : -Math.floor(Math.abs((double) value) + 0.5));
    }

    private static int roundDown(float value) {
        return (int) (value >= 0 ? Math.ceil(value - 0.5f) : -Math.ceil(Math.abs((double) value) - 0.5));
    }
}
