package io.glip4j.train;

import io.glip4j.model.GlipConfig;
import io.glip4j.model.fusion.FusionEncoder;
import io.glip4j.model.reading.PictureReader;
import io.glip4j.torch.Parameters;
import io.glip4j.torch.TensorScope;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Where a new reader starts: its text layers are those of the last fusion block, and its words look where the network
 * grounds them, so that it has to learn only what to make of what it sees.
 */
final class ReaderStart {
    private static final String HEAD = "rpn.head.";
    private static final String READER = HEAD + "reading.";
    /** A parameter that every reader has. */
    static final String FIRST = READER + "0.sentinel";

    private ReaderStart() {}

    /** Fills a reader's parameters from those of the network that it is added to. */
    static void apply(Parameters parameters, GlipConfig config) {
        try (TensorScope scope = TensorScope.withoutGradient()) {
            Map<String, Tensor> all = parameters.byName();
            String lastText = HEAD + "dyhead_tower."
                    + (FusionEncoder.LAYERS_PER_BLOCK * config.fusion().blocks() - 2) + ".";
            for (int block = 0; block < config.readingBlocks(); block++) {
                int first = PictureReader.LAYERS_PER_BLOCK * block;
                copyLayer(all, lastText, READER + (first + 1) + ".");
            }
        }
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
