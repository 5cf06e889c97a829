package io.glip4j.model;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Image and text features in the fusion encoder, before, within or after it.
 *
 * @param levels per pyramid level, finest first: (N, C, H, W)
 * @param text (N, T, Ct)
 */
public record FusedFeatures(List<Tensor> levels, Tensor text) {
    public FusedFeatures {
        levels = List.copyOf(levels);
    }
}
