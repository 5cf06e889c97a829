package io.glip4j.model.encoder;

import static io.glip4j.torch.Attention.mergeHeads;
import static io.glip4j.torch.Attention.splitHeads;

import io.glip4j.model.ClipTextConfig;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.LayerNorm;
import io.glip4j.torch.Linear;
import io.glip4j.torch.LinearKernel;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A layer of CLIP's text encoder (Radford et al. 2021) without the causal mask: self-attention and MLP, each on
 * normalised input.
 */
public final class ClipTextLayer implements TextLayer {
    static final double EPSILON = 1e-12;

    /** The reference cuts at +-2, a hundred standard deviations: a plain normal. */
    static final Initializer INITIALIZER = Initializer.normal(0.02);

    private static final int MLP_RATIO = 4;
    private static final double QUICK_GELU = 1.702;

    private final int heads;
    private final double scale;
    private final LinearKernel linear;
    private final LayerNorm attentionNorm;
    private final Tensor inputWeight; // (3C, C): query, key, value
    private final Tensor inputBias; // (3C)
    private final Linear attentionOut;
    private final LayerNorm mlpNorm;
    private final Linear expand;
    private final Linear contract;

    /** Registers {@code attn.*}, {@code ln_1.*}, {@code mlp.*} and {@code ln_2.*}. */
    public ClipTextLayer(Parameters parameters, ClipTextConfig config) {
        long width = config.width();
        this.heads = config.heads();
        this.scale = Math.sqrt((double) heads / width);

        this.linear = LinearKernel.of(parameters.form());
        Parameters attention = parameters.at("attn");
        this.inputWeight = attention.register("in_proj_weight", Initializer.xavierUniform(), 3 * width, width);
        this.inputBias = attention.register("in_proj_bias", Initializer.ZEROS, 3 * width);
        this.attentionOut = Linear.withBias(attention.at("out_proj"), INITIALIZER, width, width);
        this.attentionNorm = new LayerNorm(parameters.at("ln_1"), width, EPSILON);

        Parameters mlp = parameters.at("mlp");
        this.expand = Linear.withBias(mlp.at("c_fc"), INITIALIZER, width, MLP_RATIO * width);
        this.contract = Linear.withBias(mlp.at("c_proj"), INITIALIZER, MLP_RATIO * width, width);
        this.mlpNorm = new LayerNorm(parameters.at("ln_2"), width, EPSILON);
    }

    @Override
    public Tensor forward(Tensor hidden, TokenContext context) { // (N, T, C)
        Tensor attended = hidden.add(attend(attentionNorm.forward(hidden), context)); // (N, T, C)
        Tensor expanded = quickGelu(expand.forward(mlpNorm.forward(attended))); // (N, T, 4C)
        return attended.add(contract.forward(expanded)); // (N, T, C)
    }

    /** H heads of D channels, S tokens looked at. */
    private Tensor attend(Tensor x, TokenContext context) {
        Tensor projected = linear.apply(x, inputWeight, inputBias); // (N, T, 3C)
        Tensor queries = splitHeads(third(projected, 0), heads); // (N, H, T, D)
        Tensor keys = splitHeads(third(projected, 1), heads); // (N, H, T, D)
        Tensor values = splitHeads(third(projected, 2), heads); // (N, H, T, D)
        TokenContext.Seen seen = context.of(keys, values);
        Tensor products = Tensors.times(queries, scale).matmul(seen.keys().transpose(2, 3)); // (N, H, T, S)
        Tensor weights = torch.softmax(Tensors.exact(products).add(seen.bias()), 3);
        return attentionOut.forward(mergeHeads(weights.to(values).matmul(seen.values()))); // (N, T, C)
    }

    private static Tensor third(Tensor x, int index) {
        long width = x.size(2) / 3;
        return x.narrow(2, index * width, width);
    }

    private static Tensor quickGelu(Tensor x) {
        return x.mul(Tensors.times(x, QUICK_GELU).sigmoid());
    }
}
