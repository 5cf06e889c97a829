package io.glip4j.data;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;

/**
 * How far colours may change: brightness, contrast and saturation are multiplied by 1 - x to 1 + x, the hue is turned by
 * up to {@code hue} of the colour circle either way.
 */
public record ColourJitter(double brightness, double contrast, double saturation, double hue) {
    public static final ColourJitter NONE = new ColourJitter(0, 0, 0, 0);
    public static final ColourJitter MILD = new ColourJitter(0.3, 0.3, 0.3, 0.02);

    public ColourJitter {
        for (double range : new double[] {brightness, contrast, saturation}) {
            if (!(range >= 0 && range < 1)) {
                throw new GlipException(ErrorCode.BAD_ARGUMENT, "colour jitter: wanted ranges in [0, 1), got " + range);
            }
        }
        if (!(hue >= 0 && hue <= 0.5)) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "colour jitter: wanted a hue in [0, 0.5], got " + hue);
        }
    }
}
