package io.glip4j.model;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What the image encoder says of N pictures, before any text: computed once, used with many texts.
 *
 * @param maps of the image encoder, strides 8, 16 and 32, finest first: (N, C_i, H, W)
 * @param levels of the feature pyramid, strides 8 to 128, finest first: (N, C, H, W)
 */
public record ImageFeatures(List<Tensor> maps, List<Tensor> levels) {
    public ImageFeatures {
        maps = List.copyOf(maps);
        levels = List.copyOf(levels);
    }
}
