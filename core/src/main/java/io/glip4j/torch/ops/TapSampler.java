package io.glip4j.torch.ops;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Reads what the nine taps of a modulated deformable 3x3 convolution see (Zhu et al., Deformable ConvNets v2, 2018).
 *
 * <p>Tap (r, c) of the output at (i, j) reads the features at (i * stride - 1 + r + dy, j * stride - 1 + c + dx),
 * between four neighbours, pixels outside counting as zero, and multiplies by its mask. A position of -1 or less, of
 * the height or width or more, or NaN is nowhere: it reads zero and passes no gradient.
 */
public interface TapSampler {
    /** Taps of the kernel, row by row. */
    int TAPS = 9;

    /** The fastest that has gradients: one weighted table lookup. */
    static TapSampler fast() {
        return new BagTapSampler();
    }

    /**
     * h x w outputs on features of H x W.
     *
     * @param features (N, C, H, W)
     * @param offsets (N, 18, h, w): (dy, dx) of each tap in turn
     * @param masks (N, 9, h, w)
     * @return (N, h, w, 9*C), taps outermost
     */
    Tensor sample(Tensor features, Tensor offsets, Tensor masks, long stride);

    /**
     * Samples and multiplies: the whole convolution.
     *
     * @param weight (out, 9*C), taps outermost
     * @param bias (out)
     * @return (N, out, h, w)
     */
    default Tensor convolve(Tensor features, Tensor offsets, Tensor masks, long stride, Tensor weight, Tensor bias) {
        Tensor columns = sample(features, offsets, masks, stride).permute(0, 3, 1, 2); // (N, 9*C, h, w)
        Tensor pointwise = weight.view(weight.size(0), weight.size(1), 1, 1);
        return torch.conv2d(
                columns, pointwise, new TensorOptional(bias), new long[] {1}, new long[] {0}, new long[] {1}, 1);
    }
}
