package io.glip4j.model.encoder;

import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Brings a heatmap of object centres to a coarser pyramid level without thinning its peaks: each cell keeps the most
 * that each class reaches inside it, and the box of the strongest peak inside it, told against the cell's anchor.
 */
final class PeakPooling {
    /** Channels that tell a peak's box: centre offsets in cells, log sizes against the anchor. */
    static final int BOX = 4;

    /** Heatmap logits below this (probability 0.7 %) are background and count as none. */
    private static final double BACKGROUND_LOGIT = -5;

    private static final double EVIDENCE_SCALE = 0.5;
    private static final double ANCHOR_PER_STRIDE = 8;
    private static final double LARGEST_BOX_VALUE = 3;

    private PeakPooling() {}

    /**
     * Pools by {@code factor}.
     *
     * @param logits (N, K, h, w) per class, that a centre is here
     * @param sides (N, 4, h, w) pixels to the left, top, right and bottom side
     * @return (N, K + 4, h / factor, w / factor)
     */
    static Tensor pool(Tensor logits, Tensor sides, long factor) {
        Tensor evidence = Tensors.times(
                torch.relu(Tensors.plus(torch.max_pool2d(logits, factor, factor), -BACKGROUND_LOGIT)), EVIDENCE_SCALE);
        T_TensorTensor_T strongest =
                torch.max_pool2d_with_indices(logits.detach().amax(new long[] {1}, true), factor, factor);
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
