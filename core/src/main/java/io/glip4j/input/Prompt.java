package io.glip4j.input;

import java.util.List;
import java.util.Optional;

/** What to look for: a list of classes, or a caption with phrases. Phrases are numbered in the order of {@link #phrases}. */
public sealed interface Prompt permits ClassPrompt, CaptionPrompt {
    /** The caller's own text, which all spans count in. */
    String text();

    /** What is wanted in the results, exactly as the caller wrote it. */
    List<Phrase> phrases();

    /** Words that take part in the prompt, so that they draw boxes away from the phrases, but not in the results. */
    List<String> negatives();

    /** The same prompt with these negative words instead of those it has. */
    Prompt withNegatives(List<String> negatives);

    /** Classes by name; a name may have any characters. */
    static ClassPrompt classes(List<String> names) {
        return ClassPrompt.of(names);
    }

    /** Classes divided by full stops, as in {@code "person. traffic light"}. */
    static ClassPrompt parse(String text) {
        return ClassPrompt.parse(text);
    }

    /** A caption and the phrases in it by their code points. */
    static CaptionPrompt caption(String caption, List<Span> phrases) {
        return CaptionPrompt.of(caption, phrases);
    }

    /** A caption and words of it; words given twice stand for their first and second occurrence. */
    static CaptionPrompt captionWith(String caption, List<String> phrases) {
        return CaptionPrompt.with(caption, phrases);
    }

    /** An English caption, whose noun phrases are looked for; all of it where it has none. */
    static CaptionPrompt captionWithNounPhrases(String caption) {
        return CaptionPrompt.withNounPhrases(caption);
    }

    /** An English text, whose noun phrases are looked for, or nothing where it has none. */
    static Optional<CaptionPrompt> nounPhrasesOf(String text) {
        return CaptionPrompt.nounPhrasesOf(text);
    }

    /** A sentence that is looked for as one phrase. */
    static CaptionPrompt sentence(String sentence) {
        return CaptionPrompt.sentence(sentence);
    }
}
