package io.glip4j.output;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.geometry.RunLengthMask;
import io.glip4j.input.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What was found in one picture, pixel by pixel.
 *
 * @param width of the picture, pixels, after EXIF orientation
 * @param height of the picture, pixels, after EXIF orientation
 * @param segments by descending score
 */
public record Segments(int width, int height, List<Segment> segments) {
    /** @throws GlipException BAD_ARGUMENT if a mask is of another size than the picture */
    public Segments {
        segments = List.copyOf(segments);
        for (Segment segment : segments) {
            requireSize(segment.mask(), width, height);
        }
    }

    /**
     * Refuses a mask that does not lie on a picture of this size.
     *
     * @throws GlipException BAD_ARGUMENT
     */
    public static void requireSize(RunLengthMask mask, int width, int height) {
        if (mask.width() != width || mask.height() != height) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted a mask of the picture's size, " + width + " x " + height + ", got one of " + mask.width()
                            + " x " + mask.height() + "; resize the mask or take its own picture");
        }
    }

    /** The boxes alone. */
    public Grounding grounding() {
        return new Grounding(
                width, height, segments.stream().map(Segment::detection).toList());
    }

    /** Only what scores at least {@code threshold}. */
    public Segments above(double threshold) {
        return new Segments(
                width,
                height,
                segments.stream()
                        .filter(found -> found.detection().score() >= threshold)
                        .toList());
    }

    /** Of each phrase the best one: what a referring expression, which speaks of one thing, refers to. */
    public Segments bestOfEachPhrase() {
        Set<Span> seen = new HashSet<>();
        List<Segment> best = new ArrayList<>();
        for (Segment segment : segments) {
            if (seen.add(segment.detection().span())) {
                best.add(segment);
            }
        }
        return new Segments(width, height, best);
    }
}
