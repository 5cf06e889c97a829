package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.List;

/**
 * How training pictures are varied.
 *
 * @param shorterSides one is drawn for each picture, pixels
 * @param longerSide bound of the longer side, pixels
 * @param flipProbability of exchanging left and right, where the words do not speak of left or right
 * @param cropProbability of cutting a part out
 * @param cropLeastSide least side of that part, as a share of the picture's
 * @param zoomOutProbability of placing the picture on a larger gray canvas
 * @param zoomOutMost largest side of that canvas, as a multiple of the picture's
 * @param colour how far colours are changed
 */
public record AugmentConfig(
        List<Integer> shorterSides,
        int longerSide,
        double flipProbability,
        double cropProbability,
        double cropLeastSide,
        double zoomOutProbability,
        double zoomOutMost,
        ColourJitter colour) {
    /** What GLIP is trained with: flips and five sizes. */
    public static final AugmentConfig PUBLISHED = resizedTo(List.of(480, 560, 640, 720, 800), 1333);

    private static final double PUBLISHED_FLIP = 0.5;
    private static final double LEAST_CROP = 0.3;

    public AugmentConfig {
        shorterSides = List.copyOf(shorterSides);
        check(!shorterSides.isEmpty(), "at least one shorter side", shorterSides);
        check(
                shorterSides.stream().allMatch(side -> side >= 1 && side <= longerSide),
                "shorter sides of 1 to the longer side " + longerSide,
                shorterSides);
        probability("flipProbability", flipProbability);
        probability("cropProbability", cropProbability);
        probability("zoomOutProbability", zoomOutProbability);
        check(
                cropProbability + zoomOutProbability <= 1,
                "crop and zoom-out probabilities that sum to at most 1",
                cropProbability + " + " + zoomOutProbability);
        check(cropLeastSide > 0 && cropLeastSide <= 1, "cropLeastSide in (0, 1]", cropLeastSide);
        check(zoomOutMost >= 1 && zoomOutMost <= 4, "zoomOutMost in [1, 4]", zoomOutMost);
    }

    /** Flips, and one of these sizes. */
    public static AugmentConfig resizedTo(List<Integer> shorterSides, int longerSide) {
        return new AugmentConfig(shorterSides, longerSide, PUBLISHED_FLIP, 0, LEAST_CROP, 0, 1, ColourJitter.NONE);
    }

    /** Nothing but one size: for evaluation and for tests. */
    public static AugmentConfig onlyResized(int shorterSide, int longerSide) {
        return resizedTo(List.of(shorterSide), longerSide).withFlip(0);
    }

    public AugmentConfig withShorterSides(List<Integer> sides) {
        return new AugmentConfig(
                sides,
                longerSide,
                flipProbability,
                cropProbability,
                cropLeastSide,
                zoomOutProbability,
                zoomOutMost,
                colour);
    }

    public AugmentConfig withFlip(double probability) {
        return new AugmentConfig(
                shorterSides,
                longerSide,
                probability,
                cropProbability,
                cropLeastSide,
                zoomOutProbability,
                zoomOutMost,
                colour);
    }

    public AugmentConfig withCrop(double probability, double leastSide) {
        return new AugmentConfig(
                shorterSides,
                longerSide,
                flipProbability,
                probability,
                leastSide,
                zoomOutProbability,
                zoomOutMost,
                colour);
    }

    public AugmentConfig withZoomOut(double probability, double most) {
        return new AugmentConfig(
                shorterSides, longerSide, flipProbability, cropProbability, cropLeastSide, probability, most, colour);
    }

    public AugmentConfig withColour(ColourJitter jitter) {
        return new AugmentConfig(
                shorterSides,
                longerSide,
                flipProbability,
                cropProbability,
                cropLeastSide,
                zoomOutProbability,
                zoomOutMost,
                jitter);
    }

    private static void probability(String name, double value) {
        check(value >= 0 && value <= 1, name + " in [0, 1]", value);
    }

    private static void check(boolean holds, String wanted, Object got) {
        if (!holds) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "augmentation: wanted " + wanted + ", got " + got);
        }
    }
}
