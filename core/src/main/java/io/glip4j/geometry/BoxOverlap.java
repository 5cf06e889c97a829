package io.glip4j.geometry;

import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** How much boxes overlap. */
public final class BoxOverlap {
    private static final int BOX = 4;
    private static final double AREA_EPSILON = 1e-7;

    private BoxOverlap() {}

    /**
     * Intersection over union of two boxes, 0..1, with the legacy convention that a box from x1 to x2 is x2 - x1 + 1
     * wide.
     *
     * @param a number of the box in {@code boxesXyxy}
     * @param b number of the box in {@code othersXyxy}
     */
    public static float legacyIou(float[] boxesXyxy, int a, float[] othersXyxy, int b) {
        int i = BOX * a;
        int j = BOX * b;
        float width = Math.min(boxesXyxy[i + 2], othersXyxy[j + 2]) - Math.max(boxesXyxy[i], othersXyxy[j]) + 1;
        float height =
                Math.min(boxesXyxy[i + 3], othersXyxy[j + 3]) - Math.max(boxesXyxy[i + 1], othersXyxy[j + 1]) + 1;
        if (width <= 0 || height <= 0) {
            return 0;
        }
        float intersection = width * height;
        return intersection / (legacyArea(boxesXyxy, i) + legacyArea(othersXyxy, j) - intersection);
    }

    private static float legacyArea(float[] xyxy, int at) {
        return (xyxy[at + 2] - xyxy[at] + 1) * (xyxy[at + 3] - xyxy[at + 1] + 1);
    }

    /**
     * Generalised intersection over union (Rezatofighi et al., 2019) of N pairs, with gradients, sides without +1: (N,
     * 4) and (N, 4) to (N), -1..1. A first box whose corners are swapped counts as without extent.
     */
    public static Tensor generalizedIou(Tensor boxesXyxy, Tensor othersXyxy) {
        Tensor low = boxesXyxy.narrow(1, 0, 2); // (N, 2): x, y
        Tensor high = torch.max(low, boxesXyxy.narrow(1, 2, 2));
        Tensor otherLow = othersXyxy.narrow(1, 0, 2);
        Tensor otherHigh = othersXyxy.narrow(1, 2, 2);
        Tensor intersection =
                area(torch.max(low, otherLow), torch.min(high, otherHigh).max(torch.max(low, otherLow)));
        Tensor enclosing = Tensors.plus(area(torch.min(low, otherLow), torch.max(high, otherHigh)), AREA_EPSILON);
        Tensor union =
                Tensors.plus(area(low, high).add(area(otherLow, otherHigh)).sub(intersection), AREA_EPSILON);
        return intersection.div(union).sub(enclosing.sub(union).div(enclosing)); // (N)
    }

    private static Tensor area(Tensor low, Tensor high) {
        return high.sub(low).prod(1);
    }
}
