package io.glip4j.model.fusion;

import static io.glip4j.torch.Attention.mergeHeads;
import static io.glip4j.torch.Attention.splitHeads;
import static io.glip4j.torch.Tensors.clamp;
import static io.glip4j.torch.Tensors.exact;
import static io.glip4j.torch.Tensors.times;

import io.glip4j.model.FusionConfig;
import io.glip4j.model.Mode;
import io.glip4j.torch.Linear;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Half of bi-directional attention: words read a picture that does not read them (GLIPv2, section 3.3, for captions).
 * The numbers are those of {@link BiAttention}'s text side; as in {@link FoldedBiAttention} the picture's projections
 * are folded into the words, so that nothing as wide as the attention is kept of a picture, and one word costs one word.
 *
 * <p>P locations, T tokens, H heads of D channels, C picture channels, Ct text channels.
 */
final class PictureReading {
    private final int heads;
    private final double scale;
    private final double dropout;
    private final BiAttentionWeights weights;

    PictureReading(FusionConfig config, BiAttentionWeights weights) {
        this.heads = config.attentionHeads();
        this.scale = Math.sqrt((double) heads / config.attentionWidth());
        this.dropout = config.dropout();
        this.weights = weights;
    }

    /** Levels (N, C, H, W) as the attention normalises them: (N, P, C). */
    Tensor picture(List<Tensor> levels) {
        return weights.imageNorm.forward(BiAttention.flatten(levels));
    }

    /** A picture in the type in which words are multiplied with it. */
    Tensor kept(Tensor picture) {
        return picture.to(weights.imageQuery.weight());
    }

    /**
     * Lets words look at pictures; each by itself.
     *
     * @param pictures (N, P, C), kept
     * @param texts (K * N, T, Ct), K texts for each picture in turn
     * @return (K * N, T, Ct)
     */
    Tensor forward(Tensor pictures, Tensor texts, Mode mode) {
        long count = pictures.size(0);
        Tensor words = weights.textNorm.forward(texts).view(count, -1, texts.size(2)); // (N, K * T, Ct)
        Tensor read = words.add(read(pictures, words, mode).mul(weights.textGamma));
        return read.view(texts.size(0), texts.size(1), texts.size(2));
    }

    private Tensor read(Tensor pictures, Tensor words, Mode mode) { // (N, P, C), (N, T, Ct)
        Tensor keys = splitHeads(times(weights.textKey.forward(words), scale), heads); // (N, H, T, D)
        Tensor folded = keys.matmul(byHead(weights.imageQuery.weight())); // (N, H, T, C)
        Tensor bias = keys.matmul(byHead(biasOf(weights.imageQuery)).to(keys)); // (N, H, T, 1)
        Tensor products = folded.flatten(1, 2).to(pictures).matmul(pictures.transpose(1, 2)); // (N, H * T, P)
        Tensor scores = clamp(exact(products).add(bias.flatten(1, 2)), -BiAttention.CLAMP, BiAttention.CLAMP);
        Tensor shares = torch.dropout(torch.softmax(scores, 2), dropout, mode == Mode.TRAINING);
        Tensor seen = shares.to(pictures).matmul(pictures); // (N, H * T, C)
        Tensor kept = shares.sum(2).view(words.size(0), heads, words.size(1), 1); // 1 but for dropout
        Tensor value = byHead(weights.imageValue.weight()).transpose(1, 2); // (H, C, D)
        Tensor values = seen.view(words.size(0), heads, words.size(1), -1)
                .to(value)
                .matmul(value) // (N, H, T, D)
                .add(kept.mul(byHead(biasOf(weights.imageValue)).transpose(1, 2)));
        return weights.textOut.forward(mergeHeads(values)); // (N, T, Ct)
    }

    /** (H*D, ...) to (H, D, ...); a vector to (H, D, 1). */
    private Tensor byHead(Tensor x) {
        Tensor matrix = x.dim() == 1 ? x.unsqueeze(1) : x;
        return matrix.view(heads, matrix.size(0) / heads, matrix.size(1));
    }

    private static Tensor biasOf(Linear layer) {
        return Objects.requireNonNull(layer.bias());
    }
}
