package io.glip4j.model.reading;

import static io.glip4j.torch.Attention.mergeHeads;
import static io.glip4j.torch.Attention.splitHeads;

import io.glip4j.torch.Initializer;
import io.glip4j.torch.LayerNorm;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Words read the locations of a picture, or nothing: beside all locations a sentinel stands for what is not there (Lu et
 * al., Knowing when to look, 2017). How much the locations outweigh it is read as well, all of them and the best one: that
 * tells how much the picture has of what the word says, and whether it has it at all, which a mean over locations cannot.
 *
 * <p>P locations, T tokens, {@value #HEADS} heads of D channels. The first head starts where words are grounded.
 */
final class SentinelAttention {
    static final int HEADS = 2;
    private static final double EPSILON = 1e-5;
    private static final double SENTINEL = -1.5;

    private final LayerNorm textNorm;
    private final Linear key;
    private final Linear keyBias;
    private final Linear query;
    private final Linear value;
    private final Linear out;
    private final Tensor sentinel; // (H)
    private final Linear evidence;

    /**
     * Registers {@code layer_norm_l}, {@code l_proj}, {@code l_bias}, {@code v_proj}, {@code values_v_proj},
     * {@code out_l_proj}, {@code sentinel} and {@code evidence_proj}.
     *
     * @param headWidth D
     * @param pictureChannels of a location
     */
    SentinelAttention(Parameters parameters, long headWidth, long pictureChannels, long textWidth) {
        long width = HEADS * headWidth;
        this.textNorm = new LayerNorm(parameters.at("layer_norm_l"), textWidth, EPSILON);
        this.key = Linear.withBias(parameters.at("l_proj"), Initializer.normal(0.05), textWidth, width);
        this.keyBias = Linear.withBias(parameters.at("l_bias"), Initializer.ZEROS, textWidth, HEADS);
        this.query = Linear.withoutBias(parameters.at("v_proj"), Initializer.normal(0.03), pictureChannels, width);
        this.value =
                Linear.withBias(parameters.at("values_v_proj"), Initializer.xavierUniform(), pictureChannels, width);
        this.out = Linear.withBias(parameters.at("out_l_proj"), Initializer.xavierUniform(), width, textWidth);
        this.sentinel = parameters.register("sentinel", Initializer.constant(SENTINEL), HEADS);
        this.evidence = Linear.withBias(parameters.at("evidence_proj"), Initializer.normal(0.5), 2 * HEADS, textWidth);
    }

    /**
     * Adds to words what they read.
     *
     * @param pictures (N, P, C + G), as {@link FinishedPicture}
     * @param texts (K * N, T, Ct), K texts for each picture in turn
     * @return (K * N, T, Ct)
     */
    Tensor forward(Tensor pictures, Tensor texts) {
        long count = pictures.size(0);
        Tensor words = textNorm.forward(texts).view(count, -1, texts.size(2)); // (N, K * T, Ct)
        Tensor keys = splitHeads(key.forward(words), HEADS); // (N, H, K * T, D)
        Tensor queries = splitHeads(query.forward(pictures), HEADS); // (N, H, P, D)
        Tensor scores = Tensors.exact(keys.matmul(queries.transpose(2, 3))) // (N, H, K * T, P)
                .add(keyBias.forward(words).transpose(1, 2).unsqueeze(3));
        Tensor nothing = sentinel.view(1, HEADS, 1, 1).expand(count, -1, words.size(1), -1);
        Tensor logs = torch.log_softmax(Tensors.cat(3, nothing, scores), 3); // (N, H, K * T, 1 + P)
        Tensor shares = logs.narrow(3, 1, scores.size(3)).exp();
        Tensor values = splitHeads(value.forward(pictures), HEADS); // (N, H, P, D)
        Tensor seen = out.forward(mergeHeads(shares.to(values).matmul(values))); // (N, K * T, Ct)
        Tensor all = logs.select(3, 0).neg(); // (N, H, K * T)
        Tensor best = torch.softplus(scores.amax(new long[] {3}, false).sub(nothing.squeeze(3)));
        Tensor outweighed = Tensors.cat(1, all, best).transpose(1, 2); // (N, K * T, 2 * H)
        Tensor read = words.add(seen).add(evidence.forward(outweighed));
        return read.view(texts.size(0), texts.size(1), texts.size(2));
    }
}
