package io.glip4j.model;

/**
 * How a picture becomes the network's input.
 *
 * @param shorterSide target of the shorter side, pixels
 * @param longerSide bound of the longer side, pixels
 * @param divisor a batch's height and width are padded up to multiples of it
 */
public record ImageConfig(int shorterSide, int longerSide, int divisor) {
    public static final ImageConfig PUBLISHED = new ImageConfig(800, 1333, 32);

    public ImageConfig {
        Check.positive("shorterSide", shorterSide);
        Check.that(longerSide >= shorterSide, "longerSide of at least shorterSide " + shorterSide, longerSide);
        Check.positive("divisor", divisor);
    }
}
