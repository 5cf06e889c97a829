package io.glip4j.model;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * What the words of a description read of N pictures in each fusion block. It depends on the pictures alone: computed
 * once, read by every word of every text.
 *
 * @param blocks (N, P, C) each, P locations of all pyramid levels together
 * @param finished (N, P, C + G), what words read after the last block, where the network has a reader
 */
public record PictureMemory(List<Tensor> blocks, Optional<Tensor> finished) {
    public PictureMemory {
        blocks = List.copyOf(blocks);
    }
}
