package io.glip4j.model;

import io.glip4j.torch.Tensors;
import java.util.List;
import java.util.stream.IntStream;
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
    /**
     * What was said of one picture, copied out of native memory, per level.
     *
     * @param picture which of the N pictures
     * @param tokens how many of the T tokens to read, the first ones
     */
    public List<LevelPredictions> read(long picture, int tokens) {
        return IntStream.range(0, boxDeltas.size())
                .mapToObj(level -> {
                    Tensor deltas = boxDeltas.get(level).select(0, picture); // (4, H, W)
                    return new LevelPredictions(
                            Math.toIntExact(deltas.size(1)),
                            Math.toIntExact(deltas.size(2)),
                            tokens,
                            Tensors.toFloats(deltas),
                            Tensors.toFloats(centerness.get(level).select(0, picture)),
                            Tensors.toFloats(
                                    wordLogits.get(level).select(0, picture).narrow(1, 0, tokens)));
                })
                .toList();
    }
}
