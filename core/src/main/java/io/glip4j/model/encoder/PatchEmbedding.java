package io.glip4j.model.encoder;

import io.glip4j.model.SwinConfig;
import io.glip4j.torch.Convolution;
import io.glip4j.torch.Convolution.Geometry;
import io.glip4j.torch.LayerNorm;
import io.glip4j.torch.Parameters;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Pixels to the first feature map at a quarter of the size: patches of 4x4 pixels side by side (v1), or of 7x7 that
 * overlap (v2). The picture is first zero-padded right and bottom to multiples of the patch.
 */
final class PatchEmbedding {
    private static final int RGB = 3;

    private final Geometry geometry;
    private final Convolution projection;
    private final LayerNorm norm;

    PatchEmbedding(Parameters parameters, SwinConfig config) {
        this.geometry = switch (config.version()) {
            case V1 -> Geometry.of(4, 4, 0);
            case V2 -> Geometry.of(7, 4, 2);
        };
        this.projection = Convolution.withBias(
                parameters.at("proj"), SwinEncoder.convolution(RGB, geometry), RGB, config.embedDim(), geometry);
        this.norm = new LayerNorm(parameters.at("norm"), config.embedDim(), SwinEncoder.EPSILON);
    }

    /** (N, 3, H, W) to (N, H', W', C). */
    Tensor forward(Tensor images) {
        long bottom = Windows.missing(images.size(2), geometry.kernel());
        long right = Windows.missing(images.size(3), geometry.kernel());
        Tensor padded =
                bottom == 0 && right == 0 ? images : torch.constant_pad_nd(images, 0, right, 0, bottom); // (N, 3, ., .)
        return norm.forward(projection.forward(padded).permute(0, 2, 3, 1));
    }
}
