package io.glip4j.model;

/** A CLIP-style text encoder (pre-LN, QuickGELU, no causal mask), its MLP four times as wide as a token. */
public record ClipTextConfig(int vocabulary, int width, int layers, int heads, int maxTokens)
        implements TextEncoderConfig {
    public ClipTextConfig {
        Check.positive("vocabulary", vocabulary);
        Check.positive("layers", layers);
        Check.that(heads > 0 && width % heads == 0, "heads that divide the width " + width, heads);
        Check.that(maxTokens > 2, "more than 2 maxTokens", maxTokens);
    }
}
