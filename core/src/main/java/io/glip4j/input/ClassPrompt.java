package io.glip4j.input;

import java.util.ArrayList;
import java.util.List;

/**
 * Classes to be found. A class named twice is reported twice, with equal scores, each under its own span.
 *
 * @param text the caller's own, in which the phrases stand
 */
public record ClassPrompt(String text, List<Phrase> phrases, List<String> negatives) implements Prompt {
    private static final String SEPARATOR = ". ";

    public ClassPrompt {
        phrases = List.copyOf(phrases);
        negatives = List.copyOf(negatives);
        PromptChecks.phrases(text, phrases);
        phrases.forEach(phrase -> ClassNameCleaner.clean(phrase.text()));
        PromptChecks.negatives(phrases, negatives);
    }

    static ClassPrompt of(List<String> names) {
        List<Phrase> phrases = new ArrayList<>();
        SpannedText text = new SpannedText();
        for (String name : names) {
            if (name.isBlank()) {
                throw PromptChecks.bad(
                        "class names with words",
                        "a blank one at place " + (phrases.size() + 1) + " of " + names.size(),
                        "name it or leave it out");
            }
            phrases.add(new Phrase(name, text.divide(SEPARATOR).phrase(name)));
        }
        return new ClassPrompt(text.toString(), phrases, List.of());
    }

    /** A full stop between digits, as in "2.5 l bottle", does not divide. */
    static ClassPrompt parse(String text) {
        List<Phrase> phrases = new ArrayList<>();
        int[] codePoints = text.codePoints().toArray();
        int begin = 0;
        for (int i = 0; i <= codePoints.length; i++) {
            if (i == codePoints.length || (codePoints[i] == '.' && !isDecimalPoint(codePoints, i))) {
                Span.trimmed(codePoints, begin, i).ifPresent(span -> phrases.add(new Phrase(span.in(text), span)));
                begin = i + 1;
            }
        }
        if (phrases.isEmpty()) {
            throw PromptChecks.bad(
                    "class names such as \"person. traffic light\"", PromptChecks.quote(text), "name at least one");
        }
        return new ClassPrompt(text, phrases, List.of());
    }

    private static boolean isDecimalPoint(int[] codePoints, int at) {
        return at > 0
                && at + 1 < codePoints.length
                && Character.isDigit(codePoints[at - 1])
                && Character.isDigit(codePoints[at + 1]);
    }

    @Override
    public ClassPrompt withNegatives(List<String> words) {
        return new ClassPrompt(text, phrases, words);
    }
}
