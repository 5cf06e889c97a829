package io.glip4j.model.encoder;

import io.glip4j.torch.Tensors;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Brings a heatmap of object centres to the strides 8, 16 and 32 of a pyramid without thinning its peaks: each cell
 * keeps the most that each class reaches inside it, and the box of the strongest peak inside it, told against the
 * cell's anchor. A stride sees the objects of its anchors' size; those smaller than the finest or larger than the
 * coarsest anchor go there too.
 */
final class PeakPooling {
    /** Channels that tell a peak's box: centre offsets in cells, natural logarithms of sizes against the anchor. */
    static final int BOX = 4;

    /** Heatmap logits below this (probability 0.7 %) are background and count as none. */
    static final double BACKGROUND_LOGIT = -5;

    private static final double EVIDENCE_SCALE = 0.5;
    private static final double ANCHOR_PER_STRIDE = 8;
    private static final double LARGEST_BOX_VALUE = 3;

    /** Pixels of the heatmap in a cell of strides 8, 16 and 32. */
    private static final List<Integer> FACTORS = List.of(2, 4, 8);
    /** A size belongs to the anchor that it is within half an octave of. */
    private static final double OWN_OCTAVES = 0.5;
    /** What each octave beyond that takes off a logit. */
    private static final double LOGITS_PER_OCTAVE = 10;

    private PeakPooling() {}

    /**
     * Pools to the three strides.
     *
     * <p>A pyramid adds each coarser map to the finer one. So each map holds what its stride says beyond the coarser
     * one, and the sums are what the stride says.
     *
     * @param logits (N, K, h, w) per class, that a centre is here
     * @param sides (N, 4, h, w) pixels to the left, top, right and bottom side
     * @return (N, K + 4, h / 2, w / 2), then of a half and a quarter of that size
     */
    static List<Tensor> pool(Tensor logits, Tensor sides) {
        Tensor octaves = octaves(sides);
        Tensor at8 = pool(logits, sides, tooLarge(octaves, 0), FACTORS.get(0));
        Tensor at16 = pool(logits, sides, tooLarge(octaves, 1).add(tooSmall(octaves, 1)), FACTORS.get(1));
        Tensor at32 = pool(logits, sides, tooSmall(octaves, 2), FACTORS.get(2));
        return List.of(beyond(at8, at16), beyond(at16, at32), at32);
    }

    /** (N, 1, h, w): how many octaves an object's side (root of its area) is above the anchor of stride 8. */
    private static Tensor octaves(Tensor sides) {
        Tensor width = sides.narrow(1, 0, 1).add(sides.narrow(1, 2, 1));
        Tensor height = sides.narrow(1, 1, 1).add(sides.narrow(1, 3, 1));
        Scalar onePixel = new Scalar(1.0);
        Tensor side = width.clamp_min(onePixel).mul(height.clamp_min(onePixel)).sqrt();
        double anchor = ANCHOR_PER_STRIDE * CenterNet.STRIDE * FACTORS.get(0);
        return Tensors.times(side, 1 / anchor).log2();
    }

    private static Tensor tooLarge(Tensor octaves, int level) {
        return torch.relu(Tensors.plus(octaves, -level - OWN_OCTAVES));
    }

    private static Tensor tooSmall(Tensor octaves, int level) {
        return torch.relu(Tensors.plus(octaves.neg(), level - OWN_OCTAVES));
    }

    /** What a heatmap's logit is as evidence: 0 for background. */
    static double evidence(double logit) {
        return EVIDENCE_SCALE * Math.max(0, logit - BACKGROUND_LOGIT);
    }

    /** The logits, at least those of background, that {@link #pool} turned into these (N, K, H, W) of evidence. */
    static List<Tensor> logits(List<Tensor> evidence) {
        Tensor at32 = evidence.get(2);
        Tensor at16 = evidence.get(1).add(Tensors.upsampledTo(evidence.get(1), at32));
        Tensor at8 = evidence.get(0).add(Tensors.upsampledTo(evidence.get(0), at16));
        return Stream.of(at8, at16, at32)
                .map(map -> Tensors.plus(Tensors.times(map, 1 / EVIDENCE_SCALE), BACKGROUND_LOGIT))
                .toList();
    }

    private static Tensor beyond(Tensor fine, Tensor coarse) {
        return fine.sub(Tensors.upsampledTo(fine, coarse));
    }

    /** One stride; {@code wrongSize} (N, 1, h, w) in octaves. */
    private static Tensor pool(Tensor logits, Tensor sides, Tensor wrongSize, long factor) {
        Tensor fitting = logits.sub(Tensors.times(wrongSize, LOGITS_PER_OCTAVE));
        Tensor evidence = Tensors.times(
                torch.relu(Tensors.plus(torch.max_pool2d(fitting, factor, factor), -BACKGROUND_LOGIT)), EVIDENCE_SCALE);
        T_TensorTensor_T strongest =
                torch.max_pool2d_with_indices(fitting.detach().amax(new long[] {1}, true), factor, factor);
        return Tensors.cat(1, evidence, boxes(sides, new Tensor(strongest.get1()), factor));
    }

    /** The boxes of the peaks at the flat positions {@code at} (N, 1, H, W) of the (h, w) map: (N, 4, H, W). */
    private static Tensor boxes(Tensor sides, Tensor at, long factor) {
        long n = at.size(0);
        long height = at.size(2);
        long width = at.size(3);
        Tensor picked = sides.flatten(2, 3) // (N, 4, h*w)
                .gather(2, at.flatten(2, 3).expand(n, BOX, height * width))
                .reshape(n, BOX, height, width);
        Tensor left = picked.narrow(1, 0, 1);
        Tensor top = picked.narrow(1, 1, 1);
        Tensor right = picked.narrow(1, 2, 1);
        Tensor bottom = picked.narrow(1, 3, 1); // each (N, 1, H, W)

        double stride = (double) factor * CenterNet.STRIDE;
        Scalar mapWidth = new Scalar(sides.size(3));
        Tensor column = at.remainder(mapWidth).to(sides);
        Tensor row = torch.floor_divide(at, mapWidth).to(sides);
        Tensor dx = offset(column, left, right, centres(width, stride, sides), stride);
        Tensor dy = offset(row, top, bottom, centres(height, stride, sides).reshape(height, 1), stride);
        return Tensors.clamp(
                Tensors.cat(1, dx, dy, logSize(left, right, stride), logSize(top, bottom, stride)),
                -LARGEST_BOX_VALUE,
                LARGEST_BOX_VALUE);
    }

    /** Pixels of the centres of {@code count} cells, of the type and on the device of {@code like}. */
    private static Tensor centres(long count, double stride, Tensor like) {
        Tensor index = torch.arange(new Scalar(count)).to(like);
        return Tensors.times(Tensors.plus(index, 0.5), stride);
    }

    private static Tensor offset(Tensor position, Tensor before, Tensor after, Tensor centres, double stride) {
        Tensor middle = Tensors.times(position, CenterNet.STRIDE).add(Tensors.times(after.sub(before), 0.5));
        return Tensors.times(middle.sub(centres), 1 / stride);
    }

    private static Tensor logSize(Tensor before, Tensor after, double stride) {
        Tensor size = before.add(after).clamp_min(new Scalar(1.0));
        return Tensors.times(size, 1 / (stride * ANCHOR_PER_STRIDE)).log();
    }
}
