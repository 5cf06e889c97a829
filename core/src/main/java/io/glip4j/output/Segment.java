package io.glip4j.output;

import io.glip4j.geometry.RunLengthMask;

/**
 * One thing found, with its pixels.
 *
 * @param mask of the size of the picture
 */
public record Segment(Detection detection, RunLengthMask mask) {}
