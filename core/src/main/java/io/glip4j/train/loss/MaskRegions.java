package io.glip4j.train.loss;

import io.glip4j.data.Seeds;
import io.glip4j.geometry.BoxCoder;
import io.glip4j.geometry.BoxOverlap;
import io.glip4j.geometry.BoxXyxy;
import io.glip4j.model.FusedFeatures;
import io.glip4j.model.GlipOutput;
import io.glip4j.model.head.MaskHead;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * The R boxes under which masks are learned: those of things whose outline is known, and for each of these one that the
 * network predicts for it, as masks are asked for under predicted boxes later. A predicted one takes part from an IoU of
 * 0.5 on (Mask R-CNN's rule), and at most 16 boxes of a picture do.
 */
public final class MaskRegions {
    private static final int BOX = 4;
    private static final double LEAST_OVERLAP = 0.5;
    private static final int MOST_OF_A_PICTURE = 16;

    /** One box and the thing in it. */
    private record Region(int picture, int thing, BoxXyxy box) {}

    private final List<Region> regions;
    private final List<PictureTruth> batch;

    private MaskRegions(List<Region> regions, List<PictureTruth> batch) {
        this.regions = regions;
        this.batch = batch;
    }

    /**
     * Chooses them.
     *
     * @param positives of this output and batch
     * @param seed of what is drawn
     */
    public static MaskRegions of(GlipOutput output, Positives positives, List<PictureTruth> batch, long seed) {
        List<List<Region>> ofPictures = IntStream.range(0, batch.size())
                .<List<Region>>mapToObj(picture -> new ArrayList<>(truth(picture, batch.get(picture))))
                .toList();
        predicted(output, positives, batch, seed)
                .forEach(region -> ofPictures.get(region.picture()).add(region));
        List<Region> chosen = new ArrayList<>();
        for (int picture = 0; picture < ofPictures.size(); picture++) {
            List<Region> all = ofPictures.get(picture);
            int[] order = Seeds.permutation(all.size(), Seeds.random(seed, picture));
            for (int i = 0; i < Math.min(order.length, MOST_OF_A_PICTURE); i++) {
                chosen.add(all.get(order[i]));
            }
        }
        return new MaskRegions(chosen, batch);
    }

    private static List<Region> truth(int picture, PictureTruth truth) {
        return IntStream.range(0, truth.outlines().size())
                .mapToObj(thing -> new Region(picture, thing, truth.boxes().get(thing)))
                .toList();
    }

    /** For each thing with an outline the box of one of its anchors, if it lies well. */
    private static List<Region> predicted(GlipOutput output, Positives positives, List<PictureTruth> batch, long seed) {
        if (positives.count() == 0) {
            return List.of();
        }
        float[] boxes = decoded(output, positives);
        float[] wanted = positives.boxesXyxy();
        SplittableRandom random = Seeds.random(seed);
        List<Region> found = new ArrayList<>();
        for (int first = 0, end; first < positives.count(); first = end) {
            int picture = positives.picture(first);
            end = first;
            while (end < positives.count() && positives.picture(end) == picture) {
                end++;
            }
            for (int thing = 0; thing < batch.get(picture).outlines().size(); thing++) {
                int box = thing;
                int[] own = IntStream.range(first, end)
                        .filter(i -> positives.box(i) == box)
                        .toArray();
                if (own.length > 0) {
                    int at = own[random.nextInt(own.length)];
                    if (BoxOverlap.legacyIou(boxes, at, wanted, at) >= LEAST_OVERLAP) {
                        found.add(new Region(picture, thing, box(boxes, BOX * at)));
                    }
                }
            }
        }
        return found;
    }

    private static float[] decoded(GlipOutput output, Positives positives) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Tensor deltas = GroundingLoss.rows(output.boxDeltas(), positives.rows()); // (P, 4)
            return Tensors.toFloats(
                    BoxCoder.decode(deltas, Tensors.of(positives.anchorsXyxy(), positives.count(), BOX)));
        }
    }

    private static BoxXyxy box(float[] xyxy, int at) {
        return new BoxXyxy(xyxy[at], xyxy[at + 1], xyxy[at + 2], xyxy[at + 3]);
    }

    /** R. */
    public int count() {
        return regions.size();
    }

    /** What the head says under these boxes against the outlines; 0, with gradients of 0, where there are none. */
    public Tensor loss(MaskHead head, FusedFeatures fused) {
        if (regions.isEmpty()) {
            Tensor logits =
                    head.forward(fused, new float[] {0, 0, 1, 1}, new int[1]).logits();
            return Tensors.times(logits.sum(), 0);
        }
        float[] boxes = new float[BOX * count()];
        float[] targets = new float[count() * MaskTargets.SIZE * MaskTargets.SIZE];
        List<List<Integer>> tokens = new ArrayList<>();
        for (int i = 0; i < count(); i++) {
            Region region = regions.get(i);
            PictureTruth truth = batch.get(region.picture());
            tokens.add(truth.tokens().get(region.thing()));
            boxes[BOX * i] = (float) region.box().x1();
            boxes[BOX * i + 1] = (float) region.box().y1();
            boxes[BOX * i + 2] = (float) region.box().x2();
            boxes[BOX * i + 3] = (float) region.box().y2();
            float[] target = MaskTargets.of(truth.outlines().get(region.thing()), region.box(), MaskTargets.SIZE);
            System.arraycopy(target, 0, targets, i * target.length, target.length);
        }
        int[] pictures = regions.stream().mapToInt(Region::picture).toArray();
        Tensor logits = head.forward(fused, boxes, pictures).logits(); // (R, T, M, M)
        return MaskLoss.of(logits, tokens, Tensors.of(targets, count(), MaskTargets.SIZE, MaskTargets.SIZE));
    }
}
