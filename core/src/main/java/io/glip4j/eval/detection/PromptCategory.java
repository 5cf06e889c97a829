package io.glip4j.eval.detection;

/**
 * A category and the words that ask for it.
 *
 * @param name what is looked for
 * @param before words of the prompt before the name that are not looked for; empty as a rule
 * @param after words of the prompt after it
 */
public record PromptCategory(long id, String name, String before, String after) {
    /** A category asked for by its name alone. */
    public PromptCategory(long id, String name) {
        this(id, name, "", "");
    }

    boolean inCaption() {
        return !before.isBlank() || !after.isBlank();
    }
}
