package io.glip4j.model.reading;

import static io.glip4j.torch.Attention.mergeHeads;
import static io.glip4j.torch.Attention.splitHeads;

import io.glip4j.torch.Initializer;
import io.glip4j.torch.LayerNorm;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Words read the locations of a picture, or nothing: beside all locations a sentinel stands for what is not there (Lu et
 * al., Knowing when to look, 2017). The first head looks where words are grounded, and so does not learn where to look;
 * how much the locations outweigh nothing for it, all of them and the best one, is read as well: that tells how much the
 * picture has of what the word says, and whether it has it at all, which a mean over locations cannot.
 *
 * <p>P locations, T tokens, {@value #HEADS} heads of D channels.
 */
final class SentinelAttention {
    static final int HEADS = 2;
    private static final double EPSILON = 1e-5;
    private static final double SENTINEL = -1.5;
    /** Alignment scores are low and even; attention wants a few locations. */
    private static final double SHARPNESS = 2;
    /** How much the locations outweigh nothing for a usual word: all of them, and how much that varies; the best one. */
    private static final double USUAL_SUM = 2.5;

    private static final double SUM_SCALE = 0.3;
    private static final double USUAL_BEST = 0.8;

    private final LayerNorm textNorm;
    private final Linear key;
    private final Linear query;
    private final Linear value;
    private final Linear out;
    private final Tensor sharpness; // (1)
    private final Tensor sentinel; // (H)
    private final Linear evidence;

    /**
     * Registers {@code layer_norm_l}, {@code l_proj}, {@code v_proj}, {@code values_v_proj}, {@code out_l_proj},
     * {@code sharpness}, {@code sentinel} and {@code evidence_proj}.
     *
     * @param headWidth D
     * @param pictureChannels of a location
     */
    SentinelAttention(Parameters parameters, long headWidth, long pictureChannels, long textWidth) {
        long width = HEADS * headWidth;
        this.textNorm = new LayerNorm(parameters.at("layer_norm_l"), textWidth, EPSILON);
        this.key = Linear.withBias(parameters.at("l_proj"), Initializer.normal(0.05), textWidth, headWidth);
        this.query = Linear.withoutBias(parameters.at("v_proj"), Initializer.normal(0.03), pictureChannels, headWidth);
        this.value =
                Linear.withBias(parameters.at("values_v_proj"), Initializer.xavierUniform(), pictureChannels, width);
        this.out = Linear.withBias(parameters.at("out_l_proj"), Initializer.xavierUniform(), width, textWidth);
        this.sharpness = parameters.register("sharpness", Initializer.constant(SHARPNESS), 1);
        this.sentinel = parameters.register("sentinel", Initializer.constant(SENTINEL), HEADS);
        this.evidence = Linear.withBias(parameters.at("evidence_proj"), Initializer.normal(0.5), 2, textWidth);
    }

    /**
     * Adds to words what they read.
     *
     * @param pictures (N, P, C + G), as {@link FinishedPicture}
     * @param grounded (N, K * T, P), how well words match locations where they are grounded
     * @param texts (K * N, T, Ct), K texts for each picture in turn
     * @return (K * N, T, Ct)
     */
    Tensor forward(Tensor pictures, Tensor grounded, Tensor texts) {
        long count = pictures.size(0);
        Tensor words = textNorm.forward(texts).view(count, -1, texts.size(2)); // (N, K * T, Ct)
        Tensor learned =
                Tensors.exact(key.forward(words).matmul(query.forward(pictures).transpose(1, 2)));
        Tensor scores = torch.stack(new TensorVector(grounded.mul(sharpness), learned), 1); // (N, H, K * T, P)
        Tensor nothing = sentinel.view(1, HEADS, 1, 1).expand(count, -1, words.size(1), -1);
        Tensor logs = torch.log_softmax(Tensors.cat(3, nothing, scores), 3); // (N, H, K * T, 1 + P)
        Tensor shares = logs.narrow(3, 1, scores.size(3)).exp();
        Tensor values = splitHeads(value.forward(pictures), HEADS); // (N, H, P, D)
        Tensor seen = out.forward(mergeHeads(shares.to(values).matmul(values))); // (N, K * T, Ct)
        Tensor read = words.add(seen)
                .add(evidence.forward(evidence(scores.select(1, 0), logs).to(seen)));
        return read.view(texts.size(0), texts.size(1), texts.size(2));
    }

    /** (N, K * T, 2): by how much all locations of the first head outweigh nothing, and the best one. */
    private Tensor evidence(Tensor scores, Tensor logs) {
        Tensor all = logs.select(1, 0).select(2, 0).neg(); // (N, K * T)
        Tensor best = torch.softplus(scores.amax(new long[] {2}, false).sub(sentinel.select(0, 0)));
        return torch.stack(
                new TensorVector(
                        Tensors.times(all.sub(new Scalar(USUAL_SUM)), SUM_SCALE), best.sub(new Scalar(USUAL_BEST))),
                2);
    }
}
