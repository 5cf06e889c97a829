package io.glip4j.torch;

/** {@code factor * x + term}, by channel. */
public final class ChannelScale {
    private final float[] factors;
    private final float[] terms;

    ChannelScale(float[] factors, float[] terms) {
        this.factors = factors;
        this.terms = terms;
    }

    public float factor(int channel) {
        return factors[channel];
    }

    public float term(int channel) {
        return terms[channel];
    }
}
