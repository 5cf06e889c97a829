package io.glip4j.input;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * N pictures as the network takes them.
 *
 * @param images (N, 3, H, W) float32: blue, green, red; normalised; zeros right of and below each picture
 * @param sizes of each picture within the padding
 * @param originals size of each caller's picture, to which boxes are scaled back
 */
public record ImageBatch(Tensor images, List<ImageSize> sizes, List<ImageSize> originals) {
    public ImageBatch {
        sizes = List.copyOf(sizes);
        originals = List.copyOf(originals);
    }
}
