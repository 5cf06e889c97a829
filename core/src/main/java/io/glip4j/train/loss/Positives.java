package io.glip4j.train.loss;

import io.glip4j.geometry.Anchors;
import io.glip4j.geometry.BoxCoder;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.distributed.Ranks;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** The P anchors of a batch that answer for a box, picture by picture and there in the anchors' order. */
public final class Positives {
    private static final int BOX = 4;

    private final int[] pictures;
    private final int[] anchors;
    private final int[] boxes;
    private final long[] rows;
    private final float[] anchorsXyxy;
    private final float[] boxesXyxy;
    private final double total;
    private final double perRank;
    private final double centernessPerRank;

    private Positives(int[] pictures, int[] anchors, int[] boxes, Anchors all, List<PictureTruth> batch, Ranks ranks) {
        this.pictures = pictures;
        this.anchors = anchors;
        this.boxes = boxes;
        this.rows = new long[pictures.length];
        this.anchorsXyxy = new float[BOX * pictures.length];
        this.boxesXyxy = new float[BOX * pictures.length];
        List<float[]> truth = batch.stream().map(PictureTruth::boxesXyxy).toList();
        for (int i = 0; i < pictures.length; i++) {
            rows[i] = (long) pictures[i] * all.count() + anchors[i];
            System.arraycopy(all.xyxy(), BOX * anchors[i], anchorsXyxy, BOX * i, BOX);
            System.arraycopy(truth.get(pictures[i]), BOX * boxes[i], boxesXyxy, BOX * i, BOX);
        }
        double centerness =
                Tensors.of(centerness(), pictures.length).sum().item_double(); // rounded as in the reference
        double[] sums = ranks.sums(pictures.length, centerness);
        total = sums[0];
        perRank = Math.max(sums[0], 1) / ranks.count();
        centernessPerRank = sums[1] / ranks.count();
    }

    /** Lets the assigner choose on every picture of the batch; all share the padded frame's anchors. */
    public static Positives of(AtssAssigner assigner, Anchors anchors, List<PictureTruth> batch) {
        return of(assigner, anchors, batch, Ranks.ALONE);
    }

    /** As above, where each rank has its own pictures. */
    public static Positives of(AtssAssigner assigner, Anchors anchors, List<PictureTruth> batch, Ranks ranks) {
        List<int[]> chosen = batch.stream()
                .map(truth -> assigner.assign(anchors, truth.boxesXyxy()))
                .toList();
        int[][] positive = chosen.stream()
                .map(boxOfAnchor -> IntStream.range(0, boxOfAnchor.length)
                        .filter(anchor -> boxOfAnchor[anchor] != AtssAssigner.NO_BOX)
                        .toArray())
                .toArray(int[][]::new);
        int[] pictures = IntStream.range(0, positive.length)
                .flatMap(picture -> Arrays.stream(positive[picture]).map(anchor -> picture))
                .toArray();
        int[] anchorOf = Arrays.stream(positive).flatMapToInt(Arrays::stream).toArray();
        int[] boxOf = IntStream.range(0, pictures.length)
                .map(i -> chosen.get(pictures[i])[anchorOf[i]])
                .toArray();
        return new Positives(pictures, anchorOf, boxOf, anchors, batch, ranks);
    }

    /** P. */
    public int count() {
        return pictures.length;
    }

    /** Positives of all ranks. */
    double total() {
        return total;
    }

    /** What sums over positives are divided by: positives of all ranks, at least 1, averaged over the ranks. */
    double perRank() {
        return perRank;
    }

    /** Sum of {@link #centerness} averaged over the ranks. */
    double centernessPerRank() {
        return centernessPerRank;
    }

    public int picture(int index) {
        return pictures[index];
    }

    public int anchor(int index) {
        return anchors[index];
    }

    /** The number of the box among its picture's. */
    public int box(int index) {
        return boxes[index];
    }

    /** (P) int64: places among all anchors of all pictures, N x A. */
    Tensor rows() {
        return Tensors.of(rows, rows.length);
    }

    /** (P) int64: the picture of each. */
    Tensor pictures() {
        return Tensors.of(Arrays.stream(pictures).asLongStream().toArray(), pictures.length);
    }

    /** P x 4. */
    public float[] anchorsXyxy() {
        return anchorsXyxy.clone();
    }

    /** P x 4: for each the box it answers for. */
    public float[] boxesXyxy() {
        return boxesXyxy.clone();
    }

    /**
     * P values in (0, 1]: how near the anchor's centre is to the middle of the box, sqrt(min(l, r) / max(l, r) * min(t,
     * b) / max(t, b)), from the distances to its sides. The box is read back from its encoding, as in the published
     * training: where a side is a hundredth of a pixel away, the rounding shows.
     */
    public float[] centerness() {
        float[] decoded = decoded();
        float[] centerness = new float[count()];
        for (int i = 0; i < centerness.length; i++) {
            centerness[i] = (float) Math.sqrt(evenness(decoded, BOX * i) * evenness(decoded, BOX * i + 1));
        }
        return centerness;
    }

    private float[] decoded() {
        float[] deltas = BoxCoder.encode(boxesXyxy, anchorsXyxy);
        float[] decoded = new float[deltas.length];
        for (int i = 0; i < count(); i++) {
            int at = BOX * i;
            BoxCoder.decode(deltas[at], deltas[at + 1], deltas[at + 2], deltas[at + 3], anchorsXyxy, i, decoded, at);
        }
        return decoded;
    }

    private float evenness(float[] xyxy, int low) {
        float centre = (anchorsXyxy[low + 2] + anchorsXyxy[low]) / 2;
        float before = centre - xyxy[low];
        float after = xyxy[low + 2] - centre;
        return Math.min(before, after) / Math.max(before, after);
    }
}
