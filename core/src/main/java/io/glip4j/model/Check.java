package io.glip4j.model;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;

/** What the configuration records ask of themselves. */
final class Check {
    private Check() {}

    static void that(boolean holds, String wanted, Object got) {
        if (!holds) {
            throw new GlipException(ErrorCode.BAD_ARGUMENT, "model configuration: wanted " + wanted + ", got " + got);
        }
    }

    static void positive(String name, double value) {
        that(value > 0, name + " above 0", value);
    }
}
