package io.glip4j.geometry;

/** The outline of an object: run lengths, or polygons that become run lengths once the picture's size is known. */
public sealed interface Segmentation permits RunLengthMask, Polygons {

    /** The mask; run lengths carry their own size and ignore the arguments. */
    RunLengthMask toMask(int height, int width);
}
