package io.glip4j.torch.checkpoint;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Names in published checkpoints that stand for no weight of the network: loading skips them where the network has no
 * parameter of that name. Everything else that is not expected is an error.
 */
final class PublishedNames {
    private static final List<Pattern> NOT_WEIGHTS = List.of(
            // Swin: where in the bias table each pair of positions of a window looks; follows from the window.
            Pattern.compile("backbone\\.body\\.layers\\.\\d+\\.blocks\\.\\d+\\.attn\\.relative_position_index"),
            // Swin: the mask of shifted windows, kept by versions that fix the picture's size; follows from the sizes.
            Pattern.compile("backbone\\.body\\.layers\\.\\d+\\.blocks\\.\\d+\\.attn_mask"),
            // BERT: the numbers 0..511, and the zeros that stand for its token type.
            Pattern.compile("language_backbone\\.body\\.model\\.embeddings\\.(position_ids|token_type_ids)"),
            // BERT: the pooled start token, which GLIP does not take.
            Pattern.compile("language_backbone\\.body\\.model\\.pooler\\.dense\\.(weight|bias)"),
            // The anchors of one cell; follow from their sizes.
            Pattern.compile("rpn\\.anchor_generator\\.cell_anchors\\.\\d+"),
            // The class scores of a closed set, trained before words took their place.
            Pattern.compile("rpn\\.head\\.cls_logits\\.(weight|bias)"));

    private static final String WORD_BIAS = "rpn.head.mlm_head.bias";
    private static final String WORD_BIAS_OF_DECODER = "rpn.head.mlm_head.decoder.bias";

    private PublishedNames() {}

    /** The other published name of the same parameter; the name itself where there is none. */
    static String twin(String name) {
        return switch (name) {
            case WORD_BIAS -> WORD_BIAS_OF_DECODER;
            case WORD_BIAS_OF_DECODER -> WORD_BIAS;
            default -> name;
        };
    }

    static boolean standsForNoWeight(String name) {
        return NOT_WEIGHTS.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }
}
