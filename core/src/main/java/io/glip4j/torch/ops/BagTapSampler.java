package io.glip4j.torch.ops;

import static io.glip4j.torch.ops.TapPositions.tapsLast;

import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Samples by one weighted lookup: each tap is a bag of four rows of a table of pixels. libtorch's lookup is vectorised
 * over channels, runs on all threads and has an exact gradient for pixels and weights, which is all that is needed.
 *
 * <p>The table has a rim of zeros, so that every neighbour of a sample inside exists; samples that are nowhere read the
 * rim's corner.
 */
public final class BagTapSampler implements TapSampler {
    private static final int NEIGHBOURS = 4;
    private static final int RIM = 1;
    private static final long SUM = 0;

    @Override
    public Tensor sample(Tensor features, Tensor offsets, Tensor masks, long stride) {
        return TensorScope.local(() -> look(features, offsets, masks, stride));
    }

    private static Tensor look(Tensor features, Tensor offsets, Tensor masks, long stride) {
        long height = features.size(2);
        long width = features.size(3);
        TapPositions taps = TapPositions.of(offsets, stride);
        Tensor inside = taps.inside(height, width); // (N, h, w, 9)
        Tensor y = torch.where(inside, taps.y(), new Scalar(-RIM));
        Tensor x = torch.where(inside, taps.x(), new Scalar(-RIM));
        Tensor top = y.detach().floor();
        Tensor left = x.detach().floor();
        Tensor rows = neighbours(top, left, height + 2 * RIM, width + 2 * RIM); // (B*4)
        Tensor weights = shares(tapsLast(masks), y.sub(top), x.sub(left)).flatten(); // (B*4)
        Tensor table = table(features); // (N*(H+2)*(W+2), C)
        if (weights.requires_grad() && !table.requires_grad()) {
            table.set_requires_grad(true); // or the lookup records nothing for the weights either
        }
        Tensor bags = Tensors.arange(Math.toIntExact(rows.size(0) / NEIGHBOURS), NEIGHBOURS);
        Tensor seen = torch.embedding_bag(table, rows, bags, false, SUM, false, new TensorOptional(weights), false)
                .get0(); // (B, C)
        return seen.view(features.size(0), offsets.size(2), offsets.size(3), TAPS * features.size(1));
    }

    /** (N, C, H, W) with a rim of zeros, as a table of pixels. */
    private static Tensor table(Tensor features) {
        Tensor framed = torch.constant_pad_nd(
                features.permute(0, 2, 3, 1), new long[] {0, 0, RIM, RIM, RIM, RIM}, new Scalar(0)); // (N, H+2, W+2, C)
        return framed.reshape(-1, features.size(1));
    }

    /** Table rows of the pixels at the top left, top right, bottom left and bottom right of each of B samples: (B*4). */
    private static Tensor neighbours(Tensor top, Tensor left, long height, long width) {
        long pictures = top.size(0);
        Tensor first = Tensors.arange(Math.toIntExact(pictures), height * width);
        long rim = RIM * width + RIM;
        Tensor corner = top.to(ScalarType.Long)
                .mul(new Scalar(width))
                .add(left.to(ScalarType.Long))
                .add(first.view(pictures, 1, 1, 1)); // (N, h, w, 9)
        return corner.unsqueeze(4)
                .add(Tensors.of(new long[] {rim, rim + 1, rim + width, rim + width + 1}, NEIGHBOURS))
                .flatten();
    }

    /** Bilinear shares times the mask, in the order of {@link #neighbours}: (N, h, w, 9, 4). */
    private static Tensor shares(Tensor masks, Tensor down, Tensor along) {
        Tensor bottom = masks.mul(down);
        Tensor top = masks.sub(bottom);
        Tensor topRight = top.mul(along);
        Tensor bottomRight = bottom.mul(along);
        return Tensors.stack(4, top.sub(topRight), topRight, bottom.sub(bottomRight), bottomRight);
    }
}
