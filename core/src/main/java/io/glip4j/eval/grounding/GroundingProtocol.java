package io.glip4j.eval.grounding;

/** What a phrase with several boxes wants found. */
public enum GroundingProtocol {
    /** Any of its boxes. */
    ANY_BOX("any"),
    /** The smallest box around all of them. */
    MERGED_BOXES("merged");

    private final String label;

    GroundingProtocol(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
