package io.glip4j.torch;

/** How a network computes what it computes; chosen when it is built, the same numbers either way. */
public enum Form {
    /** Step by step as published, with gradients: the definition, and what trains. */
    PLAIN,
    /** The same arithmetic rearranged for one pass on a CPU; records no gradient. */
    FAST
}
