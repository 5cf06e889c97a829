package io.glip4j.eval.detection;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which detections LVIS looks at. */
public sealed interface LvisProtocol {
    LvisProtocol OFFICIAL = new PerImage(300);
    LvisProtocol UNLIMITED = new Unlimited();
    LvisProtocol FIXED_AP = new BestOfCategory(10_000);
    Pattern LABEL = Pattern.compile("(standard|fixed_ap)(?:_([0-9]{1,9}))?");

    /** Its name among several: standard_300, standard_unlimited, fixed_ap_10000. */
    String label();

    /** The best of each picture over all categories, before anything else; the official rule has 300. */
    record PerImage(int most) implements LvisProtocol {
        public PerImage {
            requirePositive(most);
        }

        @Override
        public String label() {
            return "standard_" + most;
        }
    }

    /** All of them. */
    record Unlimited() implements LvisProtocol {
        @Override
        public String label() {
            return "standard_unlimited";
        }
    }

    /**
     * Fixed AP: the best of each category over all pictures, without a limit per picture (Dave et al., "Evaluating
     * Large-Vocabulary Object Detectors", 2021; 10,000 there).
     */
    record BestOfCategory(int most) implements LvisProtocol {
        public BestOfCategory {
            requirePositive(most);
        }

        @Override
        public String label() {
            return "fixed_ap_" + most;
        }
    }

    /**
     * The protocol of that name; {@code standard} and {@code fixed_ap} alone have their official limits.
     *
     * @throws GlipException {@code BAD_ARGUMENT} if there is none
     */
    static LvisProtocol of(String label) {
        Matcher name = LABEL.matcher(label);
        if (label.equals(UNLIMITED.label())) {
            return UNLIMITED;
        }
        if (!name.matches()) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted standard, standard_N, standard_unlimited, fixed_ap or fixed_ap_N, got " + label);
        }
        boolean standard = name.group(1).equals("standard");
        String limit = name.group(2);
        if (limit == null) {
            return standard ? OFFICIAL : FIXED_AP;
        }
        int most = Integer.parseInt(limit);
        return standard ? new PerImage(most) : new BestOfCategory(most);
    }

    private static void requirePositive(int most) {
        if (most < 1) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "wanted a limit of at least 1 detection, got " + most);
        }
    }
}
