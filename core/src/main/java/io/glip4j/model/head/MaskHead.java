package io.glip4j.model.head;

import io.glip4j.model.FusedFeatures;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.TransposedConvolution;
import io.glip4j.torch.ops.RoiAlign;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * The language-guided mask head: for R boxes, one logit per token and cell of a 28x28 grid, from the fused features
 * under the box and the words of the box's own picture.
 */
public final class MaskHead {
    private static final int HOURGLASSES = 4;
    private static final long UPSAMPLING = 2;

    /**
     * What the head says of R boxes.
     *
     * @param pooled (R, C, 14, 14), the fused features under the boxes
     * @param features (R, C, 14, 14), after the hourglasses
     * @param logits (R, T, 28, 28)
     */
    public record Output(Tensor pooled, Tensor features, Tensor logits) {}

    private final List<Hourglass> hourglasses;
    private final TransposedConvolution upsampling;
    private final WordAlignment alignment;

    /** {@code parameters} is {@code roi_heads.mask} of the published names. */
    public MaskHead(Parameters parameters, long channels, long textWidth) {
        Parameters extractor = parameters.at("feature_extractor");
        hourglasses = IntStream.rangeClosed(1, HOURGLASSES)
                .mapToObj(i -> new Hourglass(extractor.at("mask_hg" + i), channels))
                .toList();
        Parameters predictor = parameters.at("predictor");
        upsampling = new TransposedConvolution(
                predictor.at("conv5_mask"), Initializer.kaimingNormalFanOut(), channels, channels, UPSAMPLING);
        alignment = WordAlignment.withoutConstantBias(predictor, channels, textWidth);
    }

    /**
     * Masks of boxes over a batch.
     *
     * @param fused the fused features of N pictures and their texts
     * @param boxesXyxy R x 4, in pixels of the resized pictures
     * @param pictures R, which of the N pictures each box is on
     */
    public Output forward(FusedFeatures fused, float[] boxesXyxy, int[] pictures) {
        Tensor pooled = RoiAlign.MASK.forward(fused.levels(), boxesXyxy, pictures); // (R, C, S, S)
        Tensor features = pooled;
        for (Hourglass hourglass : hourglasses) {
            features = hourglass.forward(features).relu();
        }
        Tensor fine = upsampling.forward(features).relu(); // (R, C, 2S, 2S)
        long[] shape = Tensors.shape(fine);
        Tensor visual = fine.flatten(2, 3).transpose(1, 2); // (R, 4SS, C)
        Tensor texts = fused.text().index_select(0, indices(pictures)); // (R, T, Ct)
        Tensor logits = alignment.logits(visual, alignment.words(texts)); // (R, 4SS, T)
        return new Output(
                pooled, features, logits.transpose(1, 2).reshape(shape[0], texts.size(1), shape[2], shape[3]));
    }

    /**
     * The probability that a cell belongs to the thing a box was found for.
     *
     * @param logits (R, T, M, M)
     * @param tokens of each of the R boxes' phrases, at least one each
     * @return (R, M, M), 0..1
     */
    public static Tensor probabilities(Tensor logits, List<List<Integer>> tokens) {
        Tensor[] means = new Tensor[tokens.size()];
        for (int region = 0; region < means.length; region++) {
            long[] positions =
                    tokens.get(region).stream().mapToLong(Integer::longValue).toArray();
            Tensor ofPhrase = logits.select(0, region).index_select(0, Tensors.of(positions, positions.length));
            means[region] = ofPhrase.mean(0); // (M, M)
        }
        return Tensors.stack(0, means).sigmoid();
    }

    private static Tensor indices(int[] pictures) {
        return Tensors.of(IntStream.of(pictures).asLongStream().toArray(), pictures.length);
    }
}
