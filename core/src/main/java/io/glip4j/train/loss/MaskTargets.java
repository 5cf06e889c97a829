package io.glip4j.train.loss;

import io.glip4j.geometry.BoxXyxy;
import io.glip4j.geometry.Polygons;
import io.glip4j.geometry.RunLengthMask;
import java.util.List;
import java.util.stream.IntStream;

/** The part of an object's outline inside a box as a small square of pixels, which the mask head is to give. */
public final class MaskTargets {
    /** Cells per side of the published mask head's output. */
    public static final int SIZE = 28;

    private MaskTargets() {}

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
