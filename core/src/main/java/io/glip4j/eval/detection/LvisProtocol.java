package io.glip4j.eval.detection;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;

/** Which detections LVIS looks at. */
public sealed interface LvisProtocol {
    LvisProtocol OFFICIAL = new PerImage(300);
    LvisProtocol UNLIMITED = new Unlimited();
    LvisProtocol FIXED_AP = new BestOfCategory(10_000);

    /** The best of each picture over all categories, before anything else; the official rule has 300. */
    record PerImage(int most) implements LvisProtocol {
        public PerImage {
            requirePositive(most);
        }
    }

    /** All of them. */
    record Unlimited() implements LvisProtocol {}

    /**
     * Fixed AP: the best of each category over all pictures, without a limit per picture (Dave et al., "Evaluating
     * Large-Vocabulary Object Detectors", 2021; 10,000 there).
     */
    record BestOfCategory(int most) implements LvisProtocol {
        public BestOfCategory {
            requirePositive(most);
        }
    }

    private static void requirePositive(int most) {
        if (most < 1) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "wanted a limit of at least 1 detection, got " + most);
        }
    }
}
