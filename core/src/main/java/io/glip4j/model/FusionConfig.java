package io.glip4j.model;

/**
 * The deep fusion encoder.
 *
 * @param blocks blocks of cross-attention, text layer and dynamic head
 * @param channels channels of the pyramid and of the dynamic head
 * @param groups groups of the dynamic head's normalisation
 * @param attentionWidth channels of the bi-directional attention, over all heads
 * @param dropout on both probability matrices of the attention when training
 */
public record FusionConfig(
        int blocks, int channels, int groups, int attentionWidth, int attentionHeads, double dropout) {
    public FusionConfig {
        Check.positive("blocks", blocks);
        Check.that(groups > 0 && channels % groups == 0, "groups that divide the " + channels + " channels", groups);
        Check.that(
                attentionHeads > 0 && attentionWidth % attentionHeads == 0,
                "attentionHeads that divide the attentionWidth " + attentionWidth,
                attentionHeads);
        Check.that(dropout >= 0 && dropout < 1, "dropout in [0, 1)", dropout);
    }
}
