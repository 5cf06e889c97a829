package io.glip4j.input;

/** Columns and rows of a picture, in pixels. */
public record ImageSize(int width, int height) {}
