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
import io.glip4j.torch.Parallel;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import io.glip4j.torch.Tiles;
import io.glip4j.torch.TorchRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * {@link BiAttention} with its projections folded into the text side. In real arithmetic
 * {@code (v Wq^T) (t Wk^T)^T = v (Wq^T (t Wk^T)^T)} and {@code (A (t Wv^T)) Wo^T = A ((t Wv^T) Wo^T)}: the few words are
 * multiplied into matrices as wide as the picture's features, and the many locations are never projected to the
 * attention's width. Locations pass in tiles, whose scores never leave the cache. No dropout: inference only.
 *
 * <p>P locations, T tokens, H heads of D channels, C picture channels, Ct text channels; p locations of a tile.
 */
final class FoldedBiAttention implements FusionLayer {
    private final int heads;
    private final double scale;
    private final LinearKernel linear;
    private final BiAttentionWeights weights;

    FoldedBiAttention(Form form, FusionConfig config, BiAttentionWeights weights) {
        this.heads = config.attentionHeads();
        this.scale = Math.sqrt((double) heads / config.attentionWidth());
        this.linear = LinearKernel.of(form);
        this.weights = weights;
    }

    @Override
    public FusedFeatures forward(FusedFeatures features, Tensor attentionMask, Mode mode) {
        if (mode == Mode.TRAINING) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT, "wanted a network in its plain form to train, got the fast form");
        }
        Tensor images = BiAttention.flatten(features.levels()); // (N, P, C)
        Tensor texts = weights.textNorm.forward(features.text()); // (N, T, Ct)
        Tensor padding = Attention.paddingBias(attentionMask).squeeze(1).squeeze(1); // (N, T)
        Tensor newImages = torch.empty_like(images);
        List<Tensor> newTexts = new ArrayList<>();
        for (long n = 0; n < images.size(0); n++) {
            Tensor image = images.select(0, n); // (P, C)
            Tensor text = texts.narrow(0, n, 1); // (1, T, Ct)
            Words words = fold(text, padding.select(0, n));
            Tensor newImage = newImages.select(0, n); // (P, C)
            newTexts.add(TensorScope.local(() -> {
                Tensor seen = look(image, words, newImage); // (H*T, C)
                return text.add(fromImage(seen).mul(weights.textGamma));
            }));
        }
        Tensor newText = Tensors.cat(0, newTexts.toArray(Tensor[]::new)); // (N, T, Ct)
        return new FusedFeatures(BiAttention.unflatten(newImages, features.levels()), newText);
    }

    /**
     * One text as the matrices that locations are multiplied by.
     *
     * @param keys (H*T, C)
     * @param keyBias (H*T)
     * @param values (C, H*T), scaled by the picture's gamma
     * @param valueBias (C), scaled likewise
     * @param paddingBias (T)
     */
    private record Words(Tensor keys, Tensor keyBias, Tensor values, Tensor valueBias, Tensor paddingBias) {}

    private Words fold(Tensor text, Tensor paddingBias) {
        Tensor key =
                splitHeads(times(weights.textKey.forward(text), scale), heads).squeeze(0); // (H, T, D)
        Tensor keys = key.matmul(byHead(weights.imageQuery.weight())); // (H, T, C)
        Tensor keyBias = key.matmul(byHead(biasOf(weights.imageQuery)).to(key)); // (H, T, 1)
        Tensor value = splitHeads(weights.textValue.forward(text), heads).squeeze(0); // (H, T, D)
        Tensor out = byHead(weights.imageOut.weight().transpose(0, 1)); // (H, D, C)
        Tensor values = value.matmul(out).mul(weights.imageGamma.to(value)); // (H, T, C)
        return new Words(
                keys.flatten(0, 1),
                keyBias.flatten(),
                values.flatten(0, 1).transpose(0, 1).contiguous(),
                biasOf(weights.imageOut).mul(weights.imageGamma),
                paddingBias);
    }

    /** Fills {@code newImage} (P, C); gives what every word of every head sees of the picture: (H*T, C). */
    private Tensor look(Tensor image, Words words, Tensor newImage) {
        int locations = Math.toIntExact(image.size(0));
        int shares = Math.max(1, Math.min(TorchRuntime.threads(), locations));
        List<RunningAttention> running = new ArrayList<>();
        for (int share = 0; share < shares; share++) {
            running.add(new RunningAttention(
                    words.keys().size(0), image.size(1), words.keys().scalar_type()));
        }
        Parallel.pieces(shares, 1, (share, end) -> {
            long first = (long) locations * share / shares;
            long last = (long) locations * end / shares;
            look(
                    image.narrow(0, first, last - first),
                    words,
                    newImage.narrow(0, first, last - first),
                    running.get(share));
        });
        RunningAttention whole = running.get(0);
        running.subList(1, shares).forEach(whole::add);
        return whole.result();
    }

    /** One thread's share of the locations. */
    private void look(Tensor image, Words words, Tensor newImage, RunningAttention running) {
        Tiles.of(image.size(0), words.keys().size(0), (first, count) -> {
            Tensor tile = weights.imageNorm.forward(image.narrow(0, first, count)); // (p, C)
            Tensor scores = Tensors.exact(linear.apply(tile, words.keys(), words.keyBias())); // (p, H*T)
            Tensors.clampInPlace(scores, -BiAttention.CLAMP, BiAttention.CLAMP);
            running.add(scores, tile);
            newImage.narrow(0, first, count).copy_(tile.add(fromText(scores, words)));
        });
    }

    private Tensor fromText(Tensor scores, Words words) { // (p, C)
        Tensor byHead = scores.view(scores.size(0), heads, -1).add(words.paddingBias());
        Tensor shares = torch.softmax(byHead, 2).flatten(1, 2); // (p, H*T)
        return linear.apply(shares, words.values(), words.valueBias());
    }

    /** Padding of the picture is not masked, as the published weights were trained: (1, T, Ct). */
    private Tensor fromImage(Tensor seen) {
        Tensor value = byHead(weights.imageValue.weight()).transpose(1, 2); // (H, C, D)
        Tensor values = seen.view(heads, -1, seen.size(1))
                .to(value)
                .matmul(value) // (H, T, D)
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
