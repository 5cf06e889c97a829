package io.glip4j.data;

/** One category of a COCO file. */
public record CocoCategory(long id, String name) {}
