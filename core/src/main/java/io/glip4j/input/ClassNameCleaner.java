package io.glip4j.input;

import java.util.regex.Pattern;

/** Class names as data sets write them ({@code "bow_(weapon)"}) to words, as the published models were trained. */
public final class ClassNameCleaner {
    /** From the first opening parenthesis to the last closing one. */
    private static final Pattern PARENTHESES = Pattern.compile("\\(.*\\)");

    private ClassNameCleaner() {}

    /**
     * The words of a name: text in parentheses dropped, underscores to spaces, double spaces to single ones, outer
     * spaces dropped.
     *
     * @throws io.glip4j.GlipException BAD_PROMPT if nothing is left
     */
    public static String clean(String name) {
        String words = PARENTHESES
                .matcher(name)
                .replaceAll("")
                .replace('_', ' ')
                .replace("  ", " ")
                .strip();
        if (words.isEmpty()) {
            throw PromptChecks.bad(
                    "class names with words outside of parentheses", PromptChecks.quote(name), "write out its name");
        }
        return words;
    }
}
