package io.glip4j.train.loss;

import io.glip4j.data.Outline;
import io.glip4j.data.Placement;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.geometry.Polygons;
import io.glip4j.geometry.RunLengthMask;
import java.util.List;
import java.util.stream.IntStream;

/** The part of an object's outline inside a box as a small square of pixels, which the mask head is to give. */
public final class MaskTargets {
    /** Cells per side of the published mask head's output. */
    public static final int SIZE = 28;

    /** Places looked at along each side of a cell, where an outline is given as pixels. */
    private static final int SAMPLES = 3;

    private MaskTargets() {}

    /** Size x size, row by row, 1 where the thing is; the box is in pixels of the changed picture. */
    public static float[] of(Outline outline, BoxXyxy box, int size) {
        return outline.original() instanceof Polygons polygons
                ? of(outline.placement().place(polygons), box, size)
                : of((RunLengthMask) outline.original(), outline.placement(), box, size);
    }

    /** 1 where the mask has most of the places looked at in a cell. */
    private static float[] of(RunLengthMask mask, Placement placement, BoxXyxy box, int size) {
        boolean[] pixels = mask.pixels();
        double across = Math.max(box.x2() - box.x1(), 1) / (size * SAMPLES);
        double down = Math.max(box.y2() - box.y1(), 1) / (size * SAMPLES);
        int[] hits = new int[size * size];
        for (int row = 0; row < size * SAMPLES; row++) {
            int y = (int) Math.floor(placement.originalY(box.y1() + (row + 0.5) * down));
            for (int column = 0; column < size * SAMPLES; column++) {
                int x = (int) Math.floor(placement.originalX(box.x1() + (column + 0.5) * across));
                boolean inside = x >= 0 && y >= 0 && x < mask.width() && y < mask.height();
                if (inside && pixels[y * mask.width() + x]) {
                    hits[row / SAMPLES * size + column / SAMPLES]++;
                }
            }
        }
        float[] target = new float[hits.length];
        for (int cell = 0; cell < target.length; cell++) {
            target[cell] = 2 * hits[cell] > SAMPLES * SAMPLES ? 1 : 0;
        }
        return target;
    }

    /** Size x size, row by row, 1 where the object is; arithmetic in float32, as in the published training. */
    public static float[] of(Polygons outline, BoxXyxy box, int size) {
        float left = (float) box.x1();
        float top = (float) box.y1();
        float across = size / Math.max((float) box.x2() - left, 1);
        float down = size / Math.max((float) box.y2() - top, 1);
        List<RunLengthMask> parts = IntStream.range(0, outline.size())
                .mapToObj(part -> {
                    double[] polygon = outline.part(part);
                    for (int i = 0; i + 1 < polygon.length; i += 2) {
                        polygon[i] = ((float) polygon[i] - left) * across;
                        polygon[i + 1] = ((float) polygon[i + 1] - top) * down;
                    }
                    return RunLengthMask.ofPolygon(size, size, polygon);
                })
                .toList();
        boolean[] pixels = RunLengthMask.union(parts).pixels();
        float[] target = new float[pixels.length];
        for (int i = 0; i < target.length; i++) {
            target[i] = pixels[i] ? 1 : 0;
        }
        return target;
    }
}
