package io.glip4j.model;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What the words of a description read of N pictures in each fusion block. It depends on the pictures alone: computed
 * once, read by every word of every text.
 *
 * @param blocks (N, P, C) each, P locations of all pyramid levels together
 */
public record PictureMemory(List<Tensor> blocks) {
    public PictureMemory {
        blocks = List.copyOf(blocks);
    }

    /**
     * That of some of the pictures, each as often as it is named.
     *
     * @param pictures (M) int64, 0..N-1
     */
    public PictureMemory rows(Tensor pictures) {
        return new PictureMemory(
                blocks.stream().map(block -> block.index_select(0, pictures)).toList());
    }
}
