package io.glip4j.data;

import java.nio.file.Path;

/** One picture of a COCO file; width and height in pixels, as the file states them. */
public record CocoImage(long id, Path file, int width, int height) {}
