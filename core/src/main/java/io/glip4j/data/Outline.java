package io.glip4j.data;

import io.glip4j.geometry.Segmentation;

/**
 * The outline of a thing on a picture that was changed.
 *
 * @param original in pixels of the picture as it was annotated
 * @param placement from there to the changed picture
 */
public record Outline(Segmentation original, Placement placement) {}
