package io.glip4j;

import org.assertj.core.api.Assertions;

/** The goldens' notion of equal: within a share of the largest expected magnitude. */
public final class Close {
    private Close() {}

    public static void assertClose(String what, float[] got, float[] expected, double relative) {
        Assertions.assertThat(got).as(what + ": elements").hasSameSizeAs(expected);
        double largest = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            error = Math.max(error, Math.abs((double) got[i] - expected[i])); // a NaN stays
        }
        Assertions.assertThat(error)
                .as(what + ": largest error, with largest magnitude " + largest)
                .isLessThanOrEqualTo(relative * largest);
    }
}
