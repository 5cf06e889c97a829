package io.glip4j.model;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What the network says of N pictures and texts; per pyramid level, finest first, of H x W locations.
 *
 * @param boxDeltas (N, 4, H, W): dx, dy, dw, dh against the location's anchor, weighted as the box coder wants
 * @param centerness (N, 1, H, W) logits
 * @param wordLogits (N, H*W, T)
 * @param fused the features these were read from
 */
public record GlipOutput(
        List<Tensor> boxDeltas, List<Tensor> centerness, List<Tensor> wordLogits, FusedFeatures fused) {
    public GlipOutput {
        boxDeltas = List.copyOf(boxDeltas);
        centerness = List.copyOf(centerness);
        wordLogits = List.copyOf(wordLogits);
    }
}
