package io.glip4j.geometry;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.Arrays;

/**
 * Polygon to run lengths by the rule that COCO masks are made with: the outline is walked on a grid five times finer,
 * each crossing of a pixel column's centre starts or ends a run. Other ways of filling give other pixels.
 */
final class PolygonRasterizer {
    private static final double SCALE = 5;
    /** A longer outline is a broken file: that of a 100,000 pixel wide picture has 2,000,000 fine steps. */
    private static final long MAX_STEPS = 1L << 26;

    private PolygonRasterizer() {}

    /** The corners of a box x, y, width, height in the order that the rule walks them. */
    static double[] corners(double[] box) {
        double x2 = box[0] + box[2];
        double y2 = box[1] + box[3];
        return new double[] {box[0], box[1], box[0], y2, x2, y2, x2, box[1]};
    }

    static RunLengthMask rasterize(double[] polygon, int height, int width) {
        int pixels = RunLengthMask.pixels(height, width);
        int points = polygon.length / 2;
        int[] x = new int[points + 1];
        int[] y = new int[points + 1];
        for (int i = 0; i < points; i++) {
            x[i] = (int) (SCALE * polygon[2 * i] + .5);
            y[i] = (int) (SCALE * polygon[2 * i + 1] + .5);
        }
        x[points] = x[0];
        y[points] = y[0];
        int[] crossings = new Outline(x, y).crossings(height, width, pixels);
        return new RunLengthMask(height, width, runs(crossings));
    }

    /** The fine outline, step by step: u across, v down. */
    private static final class Outline {
        private final int[] u;
        private final int[] v;
        private int length;

        Outline(int[] x, int[] y) {
            long steps = 0;
            for (int i = 0; i + 1 < x.length; i++) {
                long across = Math.abs((long) x[i] - x[i + 1]);
                long down = Math.abs((long) y[i] - y[i + 1]);
                steps += Math.max(across, down) + 1;
            }
            if (steps > MAX_STEPS) {
                throw new GlipException(
                        ErrorCode.BAD_ANNOTATIONS,
                        "wanted a polygon near its picture, got an outline of " + steps / (long) SCALE + " pixels");
            }
            u = new int[(int) steps];
            v = new int[(int) steps];
            for (int i = 0; i + 1 < x.length; i++) {
                walk(x[i], y[i], x[i + 1], y[i + 1]);
            }
        }

        private void walk(int fromX, int fromY, int toX, int toY) {
            int across = Math.abs(toX - fromX);
            int down = Math.abs(toY - fromY);
            boolean flat = across >= down;
            boolean flip = flat ? fromX > toX : fromY > toY;
            int startX = flip ? toX : fromX;
            int startY = flip ? toY : fromY;
            int endX = flip ? fromX : toX;
            int endY = flip ? fromY : toY;
            double slope = flat ? (double) (endY - startY) / across : (double) (endX - startX) / down;
            int count = Math.max(across, down);
            for (int i = 0; i <= count; i++) {
                int step = flip ? count - i : i;
                u[length] = flat ? step + startX : (int) (startX + slope * step + .5);
                v[length] = flat ? (int) (startY + slope * step + .5) : step + startY;
                length++;
            }
        }

        /** Column-major pixel indices where a run begins or ends, sorted, and the number of pixels at the end. */
        int[] crossings(int height, int width, int pixels) {
            int[] found = new int[length + 1];
            int count = 0;
            for (int i = 1; i < length; i++) {
                if (u[i] == u[i - 1]) {
                    continue;
                }
                double column = ((u[i] < u[i - 1] ? u[i] : u[i] - 1) + .5) / SCALE - .5;
                if (Math.floor(column) != column || column < 0 || column > width - 1) {
                    continue;
                }
                double row = (Math.min(v[i], v[i - 1]) + .5) / SCALE - .5;
                int bounded = (int) Math.ceil(Math.max(0, Math.min(row, height)));
                found[count++] = ((int) column) * height + bounded;
            }
            found[count++] = pixels;
            int[] sorted = Arrays.copyOf(found, count);
            Arrays.sort(sorted);
            return sorted;
        }
    }

    /** Differences of the crossings; two crossings at one place cancel. */
    private static int[] runs(int[] crossings) {
        int[] differences = new int[crossings.length];
        int previous = 0;
        for (int i = 0; i < crossings.length; i++) {
            differences[i] = crossings[i] - previous;
            previous = crossings[i];
        }
        int[] runs = new int[differences.length];
        int count = 0;
        runs[count++] = differences[0];
        for (int i = 1; i < differences.length; i++) {
            if (differences[i] > 0) {
                runs[count++] = differences[i];
            } else {
                i++;
                if (i < differences.length) {
                    runs[count - 1] += differences[i];
                }
            }
        }
        return Arrays.copyOf(runs, count);
    }
}
