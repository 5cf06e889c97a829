package io.glip4j.train;

import io.glip4j.model.GlipConfig;
import io.glip4j.model.fusion.FusionEncoder;
import io.glip4j.model.head.WordAlignment;
import io.glip4j.model.reading.PictureReader;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import io.glip4j.torch.Tensors;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Where a new reader starts: its words look where the network grounds them, and its text layers are those of the last
 * fusion block, so that it has to learn only what to make of what it sees.
 */
final class ReaderStart {
    private static final String HEAD = "rpn.head.";
    private static final String READER = HEAD + "reading.";
    /** A parameter that every reader has. */
    static final String FIRST = READER + "0.sentinel";

    /** Alignment scores are low and even; the attention wants a few locations. */
    private static final double SHARPNESS = 2;

    private ReaderStart() {}

    /** Fills a reader's parameters from those of the network that it is added to. */
    static void apply(Parameters parameters, GlipConfig config) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Map<String, Tensor> all = parameters.byName();
            String lastText = HEAD + "dyhead_tower."
                    + (FusionEncoder.LAYERS_PER_BLOCK * config.fusion().blocks() - 2) + ".";
            for (int block = 0; block < config.readingBlocks(); block++) {
                int first = PictureReader.LAYERS_PER_BLOCK * block;
                ground(all, READER + first + ".", config);
                copyLayer(all, lastText, READER + (first + 1) + ".");
            }
        }
    }

    /** The first head's scores become those of the word alignment. */
    private static void ground(Map<String, Tensor> all, String attention, GlipConfig config) {
        long channels = config.fusion().channels();
        double norm = Math.sqrt(config.textEncoder().width()); // of words as a layer normalisation leaves them
        double sharpness = SHARPNESS / Math.exp(get(all, HEAD + "log_scale").item_float());
        Tensor projection = get(all, HEAD + "dot_product_projection_text.weight"); // (C, Ct)
        get(all, attention + "l_proj.weight")
                .narrow(0, 0, channels)
                .copy_(Tensors.times(projection, WordAlignment.PROJECTED_SHARE * sharpness / norm));
        get(all, attention + "l_proj.bias")
                .narrow(0, 0, channels)
                .copy_(Tensors.times(get(all, HEAD + "dot_product_projection_text.bias"), sharpness));
        Tensor query = get(all, attention + "v_proj.weight").narrow(0, 0, channels); // (C, C + G)
        query.zero_();
        query.narrow(1, 0, channels).copy_(Tensors.times(torch.eye(channels), 1 / PictureReader.FEATURE_SCALE));
        get(all, attention + "l_bias.weight")
                .select(0, 0)
                .copy_(Tensors.times(get(all, HEAD + "bias_lang"), SHARPNESS / norm));
        get(all, attention + "l_bias.bias").narrow(0, 0, 1).copy_(Tensors.times(get(all, HEAD + "bias0"), SHARPNESS));
    }

    private static void copyLayer(Map<String, Tensor> all, String from, String to) {
        all.forEach((name, parameter) -> {
            if (name.startsWith(from)) {
                get(all, to + name.substring(from.length())).copy_(parameter);
            }
        });
    }

    private static Tensor get(Map<String, Tensor> all, String name) {
        Tensor parameter = all.get(name);
        if (parameter == null) {
            throw new IllegalStateException("no parameter " + name);
        }
        return parameter;
    }
}
