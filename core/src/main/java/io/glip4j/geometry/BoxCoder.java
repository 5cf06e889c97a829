package io.glip4j.geometry;

import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * Boxes as differences to anchors (Girshick et al., R-CNN, 2014, appendix C), with the legacy convention that a box
 * from x1 to x2 is x2 - x1 + 1 wide. Differences are dx, dy, dw, dh, weighted by 10, 10, 5, 5.
 */
public final class BoxCoder {
    private static final int BOX = 4;
    private static final float CENTRE_WEIGHT = 10;
    private static final float SIZE_WEIGHT = 5;
    /** A box is at most 62.5 times as large as its anchor. */
    private static final float LARGEST_LOG_RATIO = (float) Math.log(1000.0 / 16);

    private BoxCoder() {}

    /** N boxes against N anchors, both N x 4, to N x 4 differences. */
    public static float[] encode(float[] boxesXyxy, float[] anchorsXyxy) {
        float[] deltas = new float[boxesXyxy.length];
        for (int at = 0; at < deltas.length; at += BOX) {
            encodeAxis(boxesXyxy, anchorsXyxy, at, deltas);
            encodeAxis(boxesXyxy, anchorsXyxy, at + 1, deltas);
        }
        return deltas;
    }

    private static void encodeAxis(float[] boxes, float[] anchors, int at, float[] deltas) {
        float anchorSize = anchors[at + 2] - anchors[at] + 1;
        float anchorCentre = (anchors[at + 2] + anchors[at]) / 2;
        float size = boxes[at + 2] - boxes[at] + 1;
        float centre = (boxes[at + 2] + boxes[at]) / 2;
        deltas[at] = CENTRE_WEIGHT * (centre - anchorCentre) / anchorSize;
        deltas[at + 2] = SIZE_WEIGHT * (float) Math.log(size / anchorSize);
    }

    /** Writes the box of one anchor to {@code boxesXyxy} from place {@code at} on. */
    public static void decode(
            float dx, float dy, float dw, float dh, float[] anchorsXyxy, int anchor, float[] boxesXyxy, int at) {
        decodeAxis(dx, dw, anchorsXyxy, BOX * anchor, boxesXyxy, at);
        decodeAxis(dy, dh, anchorsXyxy, BOX * anchor + 1, boxesXyxy, at + 1);
    }

    private static void decodeAxis(float shift, float growth, float[] anchors, int from, float[] boxes, int at) {
        float anchorSize = anchors[from + 2] - anchors[from] + 1;
        float anchorCentre = (anchors[from + 2] + anchors[from]) / 2;
        float centre = shift / CENTRE_WEIGHT * anchorSize + anchorCentre;
        float size = (float) Math.exp(Math.min(growth / SIZE_WEIGHT, LARGEST_LOG_RATIO)) * anchorSize;
        boxes[at] = centre - 0.5f * (size - 1);
        boxes[at + 2] = centre + 0.5f * (size - 1);
    }

    /** Differences (N, 4) to anchors (N, 4) as boxes (N, 4), with gradients. */
    public static Tensor decode(Tensor deltas, Tensor anchorsXyxy) {
        Tensor low = anchorsXyxy.narrow(1, 0, 2); // (N, 2): x, y
        Tensor high = anchorsXyxy.narrow(1, 2, 2);
        Tensor anchorSize = Tensors.plus(high.sub(low), 1);
        Tensor anchorCentre = Tensors.times(high.add(low), 0.5);
        Tensor centre = Tensors.times(deltas.narrow(1, 0, 2), 1 / CENTRE_WEIGHT)
                .mul(anchorSize)
                .add(anchorCentre);
        Tensor logRatio = Tensors.times(deltas.narrow(1, 2, 2), 1 / SIZE_WEIGHT);
        Tensor ratio = Tensors.clamp(logRatio, Double.NEGATIVE_INFINITY, LARGEST_LOG_RATIO)
                .exp();
        Tensor half = Tensors.times(Tensors.plus(ratio.mul(anchorSize), -1), 0.5);
        return Tensors.cat(1, centre.sub(half), centre.add(half));
    }
}
