package io.glip4j.data.scene.file;

/** A category record of COCO. */
record Category(long id, String name) {}
