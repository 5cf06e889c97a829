package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.SplittableRandom;

/**
 * How many captions of other pictures a caption is packed with, so that a network learns what is not there.
 *
 * @param most bound on the number of captions
 * @param noneProbability share of the prompts that get none
 * @param fullProbability share of the others that get as many as are allowed; the rest get 1 to that many, all numbers
 *     as likely
 */
public record CaptionPacking(int most, double noneProbability, double fullProbability) {
    /** As GLIP-L was trained (its configuration of captions): none, 19, or 1 to 19. */
    public static final CaptionPacking PUBLISHED = new CaptionPacking(19, 0.4, 0.5);

    /** Every caption alone. */
    public static final CaptionPacking NONE = new CaptionPacking(0, 1, 0);

    public CaptionPacking {
        if (most < 0 || !isShare(noneProbability) || !isShare(fullProbability)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "negative captions: wanted at least 0 and probabilities in [0, 1], got " + most + ", "
                            + noneProbability + " and " + fullProbability);
        }
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }

    /** With another bound. */
    public CaptionPacking withMost(int captions) {
        return captions == 0 ? NONE : new CaptionPacking(captions, noneProbability, fullProbability);
    }

    int draw(SplittableRandom random) {
        if (most == 0 || random.nextDouble() < noneProbability) {
            return 0;
        }
        return random.nextDouble() < fullProbability ? most : 1 + random.nextInt(most);
    }
}
