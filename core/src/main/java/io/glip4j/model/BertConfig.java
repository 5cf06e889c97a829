package io.glip4j.model;

/**
 * A BERT encoder (post-LN, exact GELU).
 *
 * @param intermediate channels inside a layer's MLP
 * @param positions rows of the learned position table
 */
public record BertConfig(
        int vocabulary, int width, int layers, int heads, int intermediate, int positions, int maxTokens)
        implements TextEncoderConfig {
    public static final BertConfig BASE = new BertConfig(30_522, 768, 12, 12, 3_072, 512, 256);
    public static final BertConfig MINI_LM = new BertConfig(30_522, 384, 6, 12, 1_536, 512, 256);

    public BertConfig {
        Check.positive("vocabulary", vocabulary);
        Check.positive("layers", layers);
        Check.that(heads > 0 && width % heads == 0, "heads that divide the width " + width, heads);
        Check.positive("intermediate", intermediate);
        Check.that(maxTokens > 2 && maxTokens <= positions, "3.." + positions + " maxTokens", maxTokens);
    }
}
