package io.glip4j.eval.detection;

/**
 * One category of an annotation file.
 *
 * @param frequency LVIS: "r" rare, "c" common, "f" frequent; empty elsewhere
 */
public record TruthCategory(long id, String name, String frequency) {}
