package io.glip4j.geometry;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.Arrays;
import java.util.List;

/**
 * A binary mask as COCO keeps it: lengths of runs, column by column, of zeros and ones in turn, the first of zeros
 * (length 0 if the first pixel is set). Equal masks made by different ways may differ in runs of length 0.
 */
public final class RunLengthMask implements Segmentation {
    private final int height;
    private final int width;
    private final int[] runs;

    /**
     * @param runs lengths, none negative, that add up to {@code height * width}; taken over, not copied
     * @throws GlipException {@code BAD_ANNOTATIONS} if they do not
     */
    RunLengthMask(int height, int width, int[] runs) {
        long pixels = pixels(height, width);
        long sum = 0;
        for (int run : runs) {
            if (run < 0) {
                throw bad("wanted run lengths of 0 or more, got " + run);
            }
            sum += run;
        }
        if (sum != pixels) {
            throw bad("wanted run lengths that add up to the " + pixels + " pixels of a " + height + " x " + width
                    + " mask, got " + sum);
        }
        this.height = height;
        this.width = width;
        this.runs = runs;
    }

    /** Number of pixels of a mask, which must be countable. */
    static int pixels(int height, int width) {
        long pixels = (long) height * width;
        if (height < 0 || width < 0 || pixels > Integer.MAX_VALUE) {
            throw bad("wanted a mask size of 0 to 2^31-1 pixels, got " + height + " x " + width);
        }
        return (int) pixels;
    }

    public static RunLengthMask ofRuns(int height, int width, int[] runs) {
        return new RunLengthMask(height, width, runs.clone());
    }

    /** Reads the compressed string of COCO files. */
    public static RunLengthMask decode(int height, int width, String counts) {
        return new RunLengthMask(height, width, RunLengthString.decode(counts));
    }

    /** From pixels row by row; {@code pixels[y * width + x]}. */
    public static RunLengthMask ofPixels(int height, int width, boolean[] pixels) {
        if (pixels.length != (long) height * width) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "wanted " + height + " x " + width + " pixels, got " + pixels.length);
        }
        int[] runs = new int[16];
        int count = 0;
        int length = 0;
        boolean value = false;
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                if (pixels[y * width + x] != value) {
                    if (count == runs.length) {
                        runs = Arrays.copyOf(runs, 2 * count);
                    }
                    runs[count++] = length;
                    length = 0;
                    value = !value;
                }
                length++;
            }
        }
        runs = Arrays.copyOf(runs, count + 1);
        runs[count] = length;
        return new RunLengthMask(height, width, runs);
    }

    /** A box drawn as the polygon of its corners. */
    public static RunLengthMask ofBox(int height, int width, BoxXywh box) {
        double[] corners = PolygonRasterizer.corners(new double[] {box.x(), box.y(), box.width(), box.height()});
        return PolygonRasterizer.rasterize(corners, height, width);
    }

    /** One polygon x1, y1, x2, y2, ... drawn by COCO's rule. */
    public static RunLengthMask ofPolygon(int height, int width, double[] polygon) {
        return PolygonRasterizer.rasterize(polygon, height, width);
    }

    public static RunLengthMask union(List<RunLengthMask> masks) {
        return merge(masks, false);
    }

    public static RunLengthMask intersection(List<RunLengthMask> masks) {
        return merge(masks, true);
    }

    private static RunLengthMask merge(List<RunLengthMask> masks, boolean intersect) {
        if (masks.isEmpty()) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "wanted at least one mask to merge, got none");
        }
        RunLengthMask merged = masks.get(0);
        for (int i = 1; i < masks.size(); i++) {
            merged = merged.merge(masks.get(i), intersect);
        }
        return merged;
    }

    private RunLengthMask merge(RunLengthMask other, boolean intersect) {
        if (!sameSize(other)) {
            throw bad("wanted masks of one size, got " + height + " x " + width + " and " + other.height + " x "
                    + other.width);
        }
        int[] merged = new int[runs.length + other.runs.length];
        int count = 0;
        int length = 0;
        boolean value = false;
        Walk walk = new Walk(runs, other.runs);
        while (walk.next()) {
            length += walk.length;
            boolean now = intersect ? walk.nextFirst && walk.nextSecond : walk.nextFirst || walk.nextSecond;
            if (now != value || walk.atEnd) {
                merged[count++] = length;
                length = 0;
            }
            value = now;
        }
        return new RunLengthMask(height, width, Arrays.copyOf(merged, count));
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    public int[] runs() {
        return runs.clone();
    }

    /** The compressed string of COCO files. */
    public String encode() {
        return RunLengthString.encode(runs);
    }

    /** Pixels row by row; {@code pixels[y * width + x]}. */
    public boolean[] pixels() {
        boolean[] pixels = new boolean[height * width];
        int at = 0;
        for (int i = 0; i < runs.length; i++) {
            for (int end = at + runs[i]; at < end; at++) {
                pixels[at % height * width + at / height] = i % 2 == 1;
            }
        }
        return pixels;
    }

    /** Number of set pixels. */
    public long area() {
        long area = 0;
        for (int i = 1; i < runs.length; i += 2) {
            area += runs[i];
        }
        return area;
    }

    /** The smallest box around the set pixels; all zeros for an empty mask. */
    public BoxXywh box() {
        int even = runs.length / 2 * 2;
        if (even == 0 || height == 0) {
            return BoxXywh.EMPTY;
        }
        int left = width;
        int top = height;
        int right = 0;
        int bottom = 0;
        int startColumn = 0;
        int at = 0;
        for (int i = 0; i < even; i++) {
            at += runs[i];
            int pixel = at - i % 2;
            int y = Math.floorMod(pixel, height);
            int x = (pixel - y) / height;
            if (i % 2 == 0) {
                startColumn = x;
            } else if (startColumn < x) {
                top = 0;
                bottom = height - 1;
            }
            left = Math.min(left, x);
            right = Math.max(right, x);
            top = Math.min(top, y);
            bottom = Math.max(bottom, y);
        }
        return new BoxXywh(left, top, right - left + 1.0, bottom - top + 1.0);
    }

    /** Number of pixels set in both; the masks must have one size. */
    public long intersectionArea(RunLengthMask other) {
        long both = 0;
        Walk walk = new Walk(runs, other.runs);
        while (walk.next()) {
            if (walk.first && walk.second) {
                both += walk.length;
            }
        }
        return both;
    }

    /**
     * Intersection over union as COCO counts it: 0 for two empty masks, -1 for masks of different size whose boxes
     * overlap (so that they never match).
     *
     * @param crowd whether {@code truth} surrounds many objects: then the intersection is divided by this mask's area
     */
    public double overlap(RunLengthMask truth, boolean crowd) {
        return overlap(box(), truth, truth.box(), crowd);
    }

    /** The same with the boxes at hand, for many pairs of few masks. */
    public double overlap(BoxXywh box, RunLengthMask truth, BoxXywh truthBox, boolean crowd) {
        if (!(box.overlap(truthBox, crowd) > 0)) {
            return 0;
        }
        if (!sameSize(truth)) {
            return -1;
        }
        long intersection = intersectionArea(truth);
        if (intersection == 0) {
            return 0;
        }
        long union = crowd ? area() : area() + truth.area() - intersection;
        return (double) intersection / union;
    }

    public boolean sameSize(RunLengthMask other) {
        return height == other.height && width == other.width;
    }

    @Override
    public RunLengthMask toMask(int pictureHeight, int pictureWidth) {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunLengthMask mask && sameSize(mask) && Arrays.equals(runs, mask.runs);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * height + width) + Arrays.hashCode(runs);
    }

    @Override
    public String toString() {
        return "RunLengthMask[" + height + " x " + width + ", area " + area() + "]";
    }

    private static GlipException bad(String message) {
        return new GlipException(ErrorCode.BAD_ANNOTATIONS, message);
    }

    /** Walks two masks together, stretch by stretch in which neither changes. */
    private static final class Walk {
        private final int[] a;
        private final int[] b;
        private int nextA = 1;
        private int nextB = 1;
        private int leftA;
        private int leftB;
        private boolean started;

        /** The stretch: its length and values, the values after it, and whether it is the last. */
        private int length;

        private boolean first;
        private boolean second;
        private boolean nextFirst;
        private boolean nextSecond;
        private boolean atEnd;

        Walk(int[] a, int[] b) {
            this.a = a;
            this.b = b;
            leftA = a.length == 0 ? 0 : a[0];
            leftB = b.length == 0 ? 0 : b[0];
        }

        boolean next() {
            if (atEnd) {
                return false;
            }
            if (started) {
                first = nextFirst;
                second = nextSecond;
            }
            started = true;
            length = Math.min(leftA, leftB);
            leftA -= length;
            if (leftA == 0 && nextA < a.length) {
                leftA = a[nextA++];
                nextFirst = !nextFirst;
            }
            leftB -= length;
            if (leftB == 0 && nextB < b.length) {
                leftB = b[nextB++];
                nextSecond = !nextSecond;
            }
            atEnd = leftA == 0 && leftB == 0;
            return true;
        }
    }
}
