package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;

/**
 * How many absent classes a detection sample's prompt names beside the present ones.
 *
 * @param most bound on the number of negatives
 * @param fullProbability share of the prompts that get as many as are allowed; the others get 1 to that many, all
 *     numbers as likely
 */
public record NegativeSampling(int most, double fullProbability) {
    public static final NegativeSampling PUBLISHED = new NegativeSampling(85, 0.5);

    public NegativeSampling {
        if (most < 0 || !(fullProbability >= 0 && fullProbability <= 1)) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "negative sampling: wanted at least 0 negatives and a probability in [0, 1], got " + most + " and "
                            + fullProbability);
        }
    }
}
