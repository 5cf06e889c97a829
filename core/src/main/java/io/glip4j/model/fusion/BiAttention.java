package io.glip4j.model.fusion;

import static io.glip4j.torch.Attention.mergeHeads;
import static io.glip4j.torch.Attention.paddingBias;
import static io.glip4j.torch.Attention.splitHeads;
import static io.glip4j.torch.TensorScope.local;
import static io.glip4j.torch.Tensors.clamp;
import static io.glip4j.torch.Tensors.times;

import io.glip4j.model.FusedFeatures;
import io.glip4j.model.FusionConfig;
import io.glip4j.model.Mode;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Bi-directional cross-attention (Li et al., GLIP, 2022): all locations of all levels look at the words, and the words
 * at all locations, through one matrix of scores.
 */
final class BiAttention implements FusionLayer {
    static final double CLAMP = 50_000;

    private final int heads;
    private final double scale;
    private final double dropout;
    private final BiAttentionWeights weights;

    BiAttention(FusionConfig config, BiAttentionWeights weights) {
        this.heads = config.attentionHeads();
        this.scale = Math.sqrt((double) heads / config.attentionWidth());
        this.dropout = config.dropout();
        this.weights = weights;
    }

    /** P locations of all levels together, T tokens, H heads of D channels. */
    @Override
    public FusedFeatures forward(FusedFeatures features, Tensor attentionMask, Mode mode) {
        Tensor image = weights.imageNorm.forward(flatten(features.levels())); // (N, P, C)
        Tensor text = weights.textNorm.forward(features.text()); // (N, T, Ct)
        Tensor scores = local(() -> scores(image, text)); // (N, H, P, T)
        Tensor fromText = local(() -> fromText(scores, text, attentionMask, mode)); // (N, P, C)
        Tensor fromImage = local(() -> fromImage(scores, image, mode)); // (N, T, Ct)
        Tensor newImage = image.add(fromText.mul(weights.imageGamma)); // (N, P, C)
        Tensor newText = text.add(fromImage.mul(weights.textGamma)); // (N, T, Ct)
        return new FusedFeatures(unflatten(newImage, features.levels()), newText);
    }

    private Tensor scores(Tensor image, Tensor text) {
        Tensor queries = splitHeads(times(weights.imageQuery.forward(image), scale), heads); // (N, H, P, D)
        Tensor keys = splitHeads(weights.textKey.forward(text), heads); // (N, H, T, D)
        return clamp(queries.matmul(keys.transpose(2, 3)), -CLAMP, CLAMP); // (N, H, P, T)
    }

    private Tensor fromText(Tensor scores, Tensor text, Tensor attentionMask, Mode mode) {
        Tensor shares = drop(torch.softmax(scores.add(paddingBias(attentionMask)), 3), mode); // (N, H, P, T)
        Tensor values = splitHeads(weights.textValue.forward(text), heads); // (N, H, T, D)
        return weights.imageOut.forward(mergeHeads(shares.matmul(values))); // (N, P, C)
    }

    /** Padding of the picture is not masked, as the published weights were trained. */
    private Tensor fromImage(Tensor scores, Tensor image, Mode mode) {
        Tensor shares = drop(torch.softmax(scores, 2), mode).transpose(2, 3); // (N, H, T, P)
        Tensor values = splitHeads(weights.imageValue.forward(image), heads); // (N, H, P, D)
        return weights.textOut.forward(mergeHeads(shares.matmul(values))); // (N, T, Ct)
    }

    private Tensor drop(Tensor weights, Mode mode) {
        return torch.dropout(weights, dropout, mode == Mode.TRAINING);
    }

    /** (N, C, H, W) each to (N, P, C), level by level, row by row. */
    static Tensor flatten(List<Tensor> levels) {
        return Tensors.cat(
                1,
                levels.stream()
                        .map(level -> level.flatten(2, 3).transpose(1, 2))
                        .toArray(Tensor[]::new));
    }

    /** (N, P, C) back to maps of the sizes of {@code like}. */
    static List<Tensor> unflatten(Tensor image, List<Tensor> like) {
        List<Tensor> levels = new ArrayList<>();
        long first = 0;
        for (Tensor level : like) {
            long[] shape = Tensors.shape(level);
            long locations = shape[2] * shape[3];
            levels.add(image.narrow(1, first, locations).transpose(1, 2).view(shape)); // (N, C, H, W)
            first += locations;
        }
        return levels;
    }
}
