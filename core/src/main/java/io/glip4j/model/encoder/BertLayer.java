package io.glip4j.model.encoder;

import static io.glip4j.torch.Attention.mergeHeads;
import static io.glip4j.torch.Attention.splitHeads;

import io.glip4j.model.BertConfig;
import io.glip4j.torch.Initializer;
import io.glip4j.torch.LayerNorm;
import io.glip4j.torch.Linear;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A layer of BERT (Devlin et al. 2018): self-attention and MLP, each normalised after its residual is added. */
public final class BertLayer implements TextLayer {
    static final double EPSILON = 1e-12;
    static final Initializer INITIALIZER = Initializer.normal(0.02);

    private static final double CLAMP = 50_000;

    /** Whether values are kept where half precision can follow. */
    public enum Range {
        /** As in the text encoder. */
        FREE,
        /** As in the fusion encoder: attention scores and the MLP stay within +-50000. */
        CLAMPED
    }

    private final int heads;
    private final double scale;
    private final Range range;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear attentionOut;
    private final LayerNorm attentionNorm;
    private final Linear expand;
    private final Linear contract;
    private final LayerNorm outputNorm;

    /** Registers {@code attention.*}, {@code intermediate.*} and {@code output.*}. */
    public BertLayer(Parameters parameters, BertConfig config, Range range) {
        int width = config.width();
        this.heads = config.heads();
        this.scale = Math.sqrt((double) heads / width);
        this.range = range;

        Parameters attention = parameters.at("attention");
        Parameters self = attention.at("self");
        this.query = linear(self.at("query"), width, width);
        this.key = linear(self.at("key"), width, width);
        this.value = linear(self.at("value"), width, width);
        this.attentionOut = linear(attention.at("output").at("dense"), width, width);
        this.attentionNorm = new LayerNorm(attention.at("output").at("LayerNorm"), width, EPSILON);

        this.expand = linear(parameters.at("intermediate").at("dense"), width, config.intermediate());
        this.contract = linear(parameters.at("output").at("dense"), config.intermediate(), width);
        this.outputNorm = new LayerNorm(parameters.at("output").at("LayerNorm"), width, EPSILON);
    }

    private static Linear linear(Parameters parameters, long in, long out) {
        return Linear.withBias(parameters, INITIALIZER, in, out);
    }

    @Override
    public Tensor forward(Tensor hidden, TokenContext context) { // (N, T, C)
        Tensor attended = attentionNorm.forward(attend(hidden, context).add(hidden)); // (N, T, C)
        return inRange(outputNorm.forward(mlp(attended).add(attended))); // (N, T, C)
    }

    /** H heads of D channels, S tokens looked at. */
    private Tensor attend(Tensor hidden, TokenContext context) {
        Tensor queries = splitHeads(query.forward(hidden), heads); // (N, H, T, D)
        Tensor keys = splitHeads(key.forward(hidden), heads); // (N, H, T, D)
        Tensor values = splitHeads(value.forward(hidden), heads); // (N, H, T, D)
        TokenContext.Seen seen = context.of(keys, values);
        Tensor products = Tensors.exact(queries.matmul(seen.keys().transpose(2, 3))); // (N, H, T, S)
        Tensor weights = torch.softmax(inRange(Tensors.times(products, scale)).add(seen.bias()), 3);
        return attentionOut.forward(mergeHeads(weights.to(values).matmul(seen.values()))); // (N, T, C)
    }

    private Tensor mlp(Tensor x) {
        Tensor expanded = inRange(torch.gelu(inRange(expand.forward(x)))); // (N, T, intermediate)
        return inRange(contract.forward(expanded)); // (N, T, C)
    }

    private Tensor inRange(Tensor x) {
        return range == Range.CLAMPED ? Tensors.clamp(x, -CLAMP, CLAMP) : x;
    }
}
