package io.glip4j.input;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import java.util.List;

/** What both kinds of prompt ask of their parts. */
final class PromptChecks {
    private static final int SHOWN = 60;

    private PromptChecks() {}

    static GlipException bad(String wanted, String got, String advice) {
        return new GlipException(ErrorCode.BAD_PROMPT, "prompt: wanted " + wanted + ", got " + got + "; " + advice);
    }

    /** A text in quotes, shortened for a message. */
    static String quote(String text) {
        int length = text.codePointCount(0, text.length());
        return length <= SHOWN ? "'" + text + "'" : "'" + text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "...'";
    }

    static void phrases(String text, List<Phrase> phrases) {
        if (phrases.isEmpty()) {
            throw bad("something to find", "no phrase", "name at least one");
        }
        int length = text.codePointCount(0, text.length());
        for (Phrase phrase : phrases) {
            for (Span span : phrase.spans()) {
                if (span.end() > length || span.in(text).isBlank()) {
                    throw bad(
                            "phrases that stand in a text of " + length + " code points",
                            "[" + span.begin() + ", " + span.end() + ")",
                            "give spans with words under them");
                }
            }
        }
    }

    static void negatives(List<Phrase> phrases, List<String> negatives) {
        for (String negative : negatives) {
            String cleaned = ClassNameCleaner.clean(negative);
            for (Phrase phrase : phrases) {
                if (ClassNameCleaner.clean(phrase.text()).equalsIgnoreCase(cleaned)) {
                    throw bad(
                            "negative words that are not looked for",
                            quote(negative) + " in both lists",
                            "take it out of one of them");
                }
            }
        }
    }
}
