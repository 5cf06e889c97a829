package io.glip4j.model;

/** What the network says of one picture on one pyramid level, as plain arrays, to read only. */
public final class LevelPredictions {
    private static final int BOX = 4;

    private final int height;
    private final int width;
    private final int tokens;
    private final float[] boxDeltas;
    private final float[] centerness;
    private final float[] wordLogits;

    /**
     * Takes over the arrays.
     *
     * @param boxDeltas 4 x height x width: dx, dy, dw, dh
     * @param centerness height x width logits
     * @param wordLogits height x width x tokens
     */
    public LevelPredictions(
            int height, int width, int tokens, float[] boxDeltas, float[] centerness, float[] wordLogits) {
        int locations = Math.multiplyExact(height, width);
        if (boxDeltas.length != BOX * locations
                || centerness.length != locations
                || wordLogits.length != (long) locations * tokens) {
            throw new IllegalArgumentException("wanted predictions for " + height + " x " + width + " locations and "
                    + tokens + " tokens, got " + boxDeltas.length + ", " + centerness.length + " and "
                    + wordLogits.length + " numbers");
        }
        this.height = height;
        this.width = width;
        this.tokens = tokens;
        this.boxDeltas = boxDeltas;
        this.centerness = centerness;
        this.wordLogits = wordLogits;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    public int locations() {
        return height * width;
    }

    public int tokens() {
        return tokens;
    }

    /** 4 x height x width: dx, dy, dw, dh against the location's anchor. */
    public float[] boxDeltas() {
        return boxDeltas;
    }

    /** height x width logits. */
    public float[] centerness() {
        return centerness;
    }

    /** height x width x tokens. */
    public float[] wordLogits() {
        return wordLogits;
    }
}
