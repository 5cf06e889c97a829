package io.glip4j.model.fusion;

import static io.glip4j.torch.Attention.mergeHeads;
import static io.glip4j.torch.Attention.splitHeads;
import static io.glip4j.torch.Tensors.times;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.model.FusedFeatures;
import io.glip4j.model.FusionConfig;
import io.glip4j.model.Mode;
import io.glip4j.torch.Attention;
import io.glip4j.torch.Form;
import io.glip4j.torch.Linear;
import io.glip4j.torch.LinearKernel;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * {@link BiAttention} with its projections folded into the text side. In real arithmetic
 * {@code (v Wq^T) (t Wk^T)^T = v (Wq^T (t Wk^T)^T)} and {@code (A (t Wv^T)) Wo^T = A ((t Wv^T) Wo^T)}: the few words are
 * multiplied into matrices as wide as the picture's features, and the many locations are never projected to the
 * attention's width. No dropout: inference only.
 *
 * <p>P locations, T tokens, H heads of D channels, C picture channels, Ct text channels.
 */
final class FoldedBiAttention implements FusionLayer {
    private final int heads;
    private final double scale;
    private final LinearKernel linear;
    private final BiAttentionWeights weights;

    FoldedBiAttention(FusionConfig config, BiAttentionWeights weights) {
        this.heads = config.attentionHeads();
        this.scale = Math.sqrt((double) heads / config.attentionWidth());
        this.linear = LinearKernel.of(Form.FAST);
        this.weights = weights;
    }

    @Override
    public FusedFeatures forward(FusedFeatures features, Tensor attentionMask, Mode mode) {
        if (mode == Mode.TRAINING) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "wanted a network in its plain form to train, got the fast form");
        }
        Tensor images = weights.imageNorm.forward(BiAttention.flatten(features.levels())); // (N, P, C)
        Tensor texts = weights.textNorm.forward(features.text()); // (N, T, Ct)
        Tensor padding = Attention.paddingBias(attentionMask).squeeze(1).squeeze(1); // (N, T)
        List<Tensor> newImages = new ArrayList<>();
        List<Tensor> newTexts = new ArrayList<>();
        for (long n = 0; n < images.size(0); n++) {
            Tensor image = images.select(0, n); // (P, C)
            Tensor text = texts.narrow(0, n, 1); // (1, T, Ct)
            Tensor bias = padding.select(0, n); // (T)
            Tensor scores = TensorScope.local(() -> scores(image, text)); // (P, H, T)
            newTexts.add(
                    TensorScope.local(() -> text.add(fromImage(scores, image).mul(weights.textGamma))));
            newImages.add(TensorScope.local(() -> fromText(scores, text, bias).add_(image)));
        }
        Tensor newImage = Tensors.stack(0, newImages.toArray(Tensor[]::new)); // (N, P, C)
        Tensor newText = Tensors.cat(0, newTexts.toArray(Tensor[]::new)); // (N, T, Ct)
        return new FusedFeatures(BiAttention.unflatten(newImage, features.levels()), newText);
    }

    private Tensor scores(Tensor image, Tensor text) {
        Tensor keys =
                splitHeads(times(weights.textKey.forward(text), scale), heads).squeeze(0); // (H, T, D)
        Tensor folded = keys.matmul(byHead(weights.imageQuery.weight())); // (H, T, C)
        Tensor bias = keys.matmul(byHead(biasOf(weights.imageQuery))); // (H, T, 1)
        Tensor scores = linear.apply(image, folded.flatten(0, 1), bias.flatten()); // (P, H*T)
        Tensors.clampInPlace(scores, -BiAttention.CLAMP, BiAttention.CLAMP);
        return scores.view(-1, heads, keys.size(1));
    }

    /** Scaled by its gamma: (P, C). */
    private Tensor fromText(Tensor scores, Tensor text, Tensor paddingBias) {
        Tensor shares = torch.softmax(scores.add(paddingBias), 2).flatten(1, 2); // (P, H*T)
        Tensor values = splitHeads(weights.textValue.forward(text), heads).squeeze(0); // (H, T, D)
        Tensor out = byHead(weights.imageOut.weight().transpose(0, 1)); // (H, D, C)
        Tensor folded = values.matmul(out).mul(weights.imageGamma).flatten(0, 1); // (H*T, C)
        Tensor bias = biasOf(weights.imageOut).mul(weights.imageGamma); // (C)
        return linear.apply(shares, folded.transpose(0, 1).contiguous(), bias);
    }

    /** Padding of the picture is not masked, as the published weights were trained: (1, T, Ct). */
    private Tensor fromImage(Tensor scores, Tensor image) {
        Tensor shares = torch.softmax(scores, 0).flatten(1, 2); // (P, H*T)
        Tensor seen = shares.transpose(0, 1).matmul(image).view(heads, -1, image.size(1)); // (H, T, C)
        Tensor values = seen.matmul(byHead(weights.imageValue.weight()).transpose(1, 2)) // (H, T, D)
                .add(byHead(biasOf(weights.imageValue)).transpose(1, 2)); // shares add up to 1
        return weights.textOut.forward(mergeHeads(values.unsqueeze(0)));
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
