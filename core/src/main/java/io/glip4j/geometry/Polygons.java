package io.glip4j.geometry;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The parts of an object as polygons x1, y1, x2, y2, ... in pixels; the object is their union, without holes.
 *
 * <p>Annotation files round to two decimals: such parts are kept as whole hundredths, which halves the memory and gives
 * back the very same doubles.
 */
public final class Polygons implements Segmentation {
    private static final int BOX_NUMBERS = 4;
    private static final double HUNDREDTHS = 100;

    private final List<Part> parts;

    private sealed interface Part {
        double[] coordinates();
    }

    private static final class Exact implements Part {
        private final double[] values;

        Exact(double[] values) {
            this.values = values;
        }

        @Override
        public double[] coordinates() {
            return values;
        }
    }

    private static final class Hundredths implements Part {
        private final int[] values;

        Hundredths(int[] values) {
            this.values = values;
        }

        @Override
        public double[] coordinates() {
            double[] coordinates = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                coordinates[i] = values[i] / HUNDREDTHS;
            }
            return coordinates;
        }
    }

    /**
     * @param parts one flat list x1, y1, x2, y2, ... for each part, at least 5 numbers each; if the first has exactly
     *     four, all are boxes x, y, width, height, as the official tool reads them
     */
    public Polygons(List<double[]> parts) {
        if (parts.isEmpty()) {
            throw bad("wanted at least one polygon, got none");
        }
        boolean boxes = parts.get(0).length == BOX_NUMBERS;
        List<Part> kept = new ArrayList<>(parts.size());
        for (double[] part : parts) {
            if (boxes ? part.length != BOX_NUMBERS : part.length <= BOX_NUMBERS) {
                throw bad("wanted polygons of at least 3 points (or only boxes of 4 numbers), got one of " + part.length
                        + " numbers");
            }
            for (double value : part) {
                if (!Double.isFinite(value)) {
                    throw bad("wanted finite coordinates in a polygon, got " + value);
                }
            }
            kept.add(boxes ? new Exact(PolygonRasterizer.corners(part)) : compact(part));
        }
        this.parts = List.copyOf(kept);
    }

    private static Part compact(double[] part) {
        int[] hundredths = new int[part.length];
        for (int i = 0; i < part.length; i++) {
            hundredths[i] = (int) Math.rint(part[i] * HUNDREDTHS);
            if (hundredths[i] / HUNDREDTHS != part[i]) {
                return new Exact(Arrays.copyOf(part, part.length));
            }
        }
        return new Hundredths(hundredths);
    }

    public int size() {
        return parts.size();
    }

    /** Coordinates x1, y1, x2, y2, ... of one part. */
    public double[] part(int index) {
        return parts.get(index).coordinates().clone();
    }

    @Override
    public RunLengthMask toMask(int height, int width) {
        List<RunLengthMask> masks = new ArrayList<>(parts.size());
        for (Part part : parts) {
            masks.add(PolygonRasterizer.rasterize(part.coordinates(), height, width));
        }
        return RunLengthMask.union(masks);
    }

    private static GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, message);
    }
}
