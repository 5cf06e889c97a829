package io.glip4j.torch.ops;

import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The definition, step by step: slow, and what faster samplers are compared with. */
public final class PlainTapSampler implements TapSampler {
    @Override
    public Tensor sample(Tensor features, Tensor offsets, Tensor masks, long stride) {
        long height = features.size(2);
        long width = features.size(3);
        TapPositions taps = TapPositions.of(offsets, stride);
        Tensor inside = taps.inside(height, width); // (N, h, w, 9)
        Tensor y = torch.where(inside, taps.y(), new Scalar(0));
        Tensor x = torch.where(inside, taps.x(), new Scalar(0));
        Tensor seen = torch.zeros(1);
        for (int below = 0; below <= 1; below++) {
            for (int right = 0; right <= 1; right++) {
                Tensor row = Tensors.plus(y.detach().floor(), below);
                Tensor column = Tensors.plus(x.detach().floor(), right);
                Tensor share = nearness(y, row, below).mul(nearness(x, column, right)); // (N, h, w, 9)
                seen = seen.add(pixels(features, row, column).mul(share.unsqueeze(4)));
            }
        }
        Tensor open = TapPositions.tapsLast(masks).mul(inside.to(ScalarType.Float)); // (N, h, w, 9)
        return seen.mul(open.unsqueeze(4)).flatten(3, 4); // (N, h, w, 9*C)
    }

    /** 1 at no distance, 0 at a distance of 1, from the pixel before a position or the one after it. */
    private static Tensor nearness(Tensor position, Tensor pixel, int after) {
        Tensor distance = after == 1 ? pixel.sub(position) : position.sub(pixel);
        return Tensors.plus(distance.neg(), 1);
    }

    /** (N, h, w, 9) rows and columns to their pixels (N, h, w, 9, C), zero outside. */
    private static Tensor pixels(Tensor features, Tensor row, Tensor column) {
        long pictures = features.size(0);
        int height = Math.toIntExact(features.size(2));
        int width = Math.toIntExact(features.size(3));
        Tensor inside = Tensors.clamp(row, 0, height - 1)
                .eq(row)
                .logical_and(Tensors.clamp(column, 0, width - 1).eq(column));
        Tensor picture = Tensors.arange(Math.toIntExact(pictures), height).view(pictures, 1, 1, 1);
        Tensor table = features.permute(0, 2, 3, 1).reshape(-1, features.size(1)); // (N*H*W, C)
        Tensor index = picture.add(Tensors.clamp(row, 0, height - 1).to(ScalarType.Long))
                .mul(new Scalar(width))
                .add(Tensors.clamp(column, 0, width - 1).to(ScalarType.Long)); // (N, h, w, 9)
        Tensor read = torch.index_select(table, 0, index.flatten()).view(shapeOf(index, features.size(1)));
        return torch.where(inside.unsqueeze(4), read, new Scalar(0));
    }

    private static long[] shapeOf(Tensor index, long channels) {
        return new long[] {index.size(0), index.size(1), index.size(2), index.size(3), channels};
    }
}
