package io.glip4j.train.loss;

import io.glip4j.geometry.Anchors;
import io.glip4j.geometry.BoxOverlap;
import io.glip4j.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Which anchor answers for which box: adaptive training sample selection (Zhang et al., 2020). On every level the
 * anchors nearest to a box's centre are its candidates; those stay whose overlap reaches the mean plus one standard
 * deviation of all its candidates and whose centre lies inside the box. An anchor wanted by several boxes takes the one
 * it overlaps most.
 *
 * <p>The nearest are taken and the overlaps averaged by libtorch's own operators, so that equal distances fall as in
 * the published training.
 *
 * @param candidatesPerLevel nearest anchors looked at for each box on each level
 */
public record AtssAssigner(int candidatesPerLevel) {
    public static final AtssAssigner PUBLISHED = new AtssAssigner(9);
    /** The answer of an anchor that no box wants. */
    public static final int NO_BOX = -1;

    private static final int BOX = 4;
    private static final float LEAST_INSIDE = 0.01f;

    /**
     * For each anchor the number of its box, or {@link #NO_BOX}.
     *
     * @param boxesXyxy G x 4, in the pixels of the anchors
     */
    public int[] assign(Anchors anchors, float[] boxesXyxy) {
        int[] boxOfAnchor = new int[anchors.count()];
        Arrays.fill(boxOfAnchor, NO_BOX);
        int boxes = boxesXyxy.length / BOX;
        if (boxes == 0) {
            return boxOfAnchor;
        }
        int[][] candidates = candidates(anchors, boxesXyxy, boxes);
        float[][] overlaps = new float[candidates.length][boxes];
        for (int rank = 0; rank < candidates.length; rank++) {
            for (int box = 0; box < boxes; box++) {
                overlaps[rank][box] = BoxOverlap.legacyIou(anchors.xyxy(), candidates[rank][box], boxesXyxy, box);
            }
        }
        float[] thresholds = thresholds(overlaps, boxes);
        float[] best = new float[anchors.count()];
        for (int box = 0; box < boxes; box++) {
            for (int rank = 0; rank < candidates.length; rank++) {
                int anchor = candidates[rank][box];
                float overlap = overlaps[rank][box];
                if (overlap >= thresholds[box]
                        && centreInside(anchors.xyxy(), anchor, boxesXyxy, box)
                        && (boxOfAnchor[anchor] == NO_BOX || overlap > best[anchor])) {
                    boxOfAnchor[anchor] = box;
                    best[anchor] = overlap;
                }
            }
        }
        return boxOfAnchor;
    }

    /** For each rank (level by level, nearest first) and box an anchor. */
    private int[][] candidates(Anchors anchors, float[] boxesXyxy, int boxes) {
        int levels = anchors.levels().size();
        int[][][] nearest = new int[levels][][];
        for (int level = 0; level < levels; level++) {
            nearest[level] = nearest(
                    anchors.xyxy(),
                    anchors.first(level),
                    anchors.levels().get(level).locations(),
                    boxesXyxy,
                    boxes);
        }
        return Arrays.stream(nearest).flatMap(Arrays::stream).toArray(int[][]::new);
    }

    private int[][] nearest(float[] anchorsXyxy, int first, int count, float[] boxesXyxy, int boxes) {
        float[] distances = new float[boxes * count];
        for (int box = 0; box < boxes; box++) {
            float boxX = (boxesXyxy[BOX * box + 2] + boxesXyxy[BOX * box]) / 2;
            float boxY = (boxesXyxy[BOX * box + 3] + boxesXyxy[BOX * box + 1]) / 2;
            for (int i = 0; i < count; i++) {
                float across = centreX(anchorsXyxy, first + i) - boxX;
                float down = centreY(anchorsXyxy, first + i) - boxY;
                distances[box * count + i] = (float) Math.sqrt(across * across + down * down);
            }
        }
        int taken = Math.min(candidatesPerLevel, count);
        T_TensorTensor_T nearest = torch.topk(Tensors.of(distances, boxes, count), taken, 1, false, true);
        long[] indices = Tensors.toLongs(nearest.get1()); // (G, taken)
        int[][] byRank = new int[taken][boxes];
        for (int rank = 0; rank < taken; rank++) {
            for (int box = 0; box < boxes; box++) {
                byRank[rank][box] = first + (int) indices[box * taken + rank];
            }
        }
        return byRank;
    }

    private static float[] thresholds(float[][] overlaps, int boxes) {
        float[] flat = new float[overlaps.length * boxes];
        for (int rank = 0; rank < overlaps.length; rank++) {
            System.arraycopy(overlaps[rank], 0, flat, rank * boxes, boxes);
        }
        Tensor byRank = Tensors.of(flat, overlaps.length, boxes); // (K, G)
        return Tensors.toFloats(byRank.mean(0).add(byRank.std(0)));
    }

    private static boolean centreInside(float[] anchorsXyxy, int anchor, float[] boxesXyxy, int box) {
        float x = centreX(anchorsXyxy, anchor);
        float y = centreY(anchorsXyxy, anchor);
        int at = BOX * box;
        float across = Math.min(x - boxesXyxy[at], boxesXyxy[at + 2] - x);
        float down = Math.min(y - boxesXyxy[at + 1], boxesXyxy[at + 3] - y);
        return Math.min(across, down) > LEAST_INSIDE;
    }

    private static float centreX(float[] xyxy, int index) {
        return (xyxy[BOX * index + 2] + xyxy[BOX * index]) / 2;
    }

    private static float centreY(float[] xyxy, int index) {
        return (xyxy[BOX * index + 3] + xyxy[BOX * index + 1]) / 2;
    }
}
