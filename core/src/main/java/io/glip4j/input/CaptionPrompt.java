package io.glip4j.input;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Phrases to be found, in the caption that says how they belong together.
 *
 * @param text the caption, which goes to the network as it is
 */
public record CaptionPrompt(String text, List<Phrase> phrases, List<String> negatives) implements Prompt {
    public CaptionPrompt {
        phrases = List.copyOf(phrases);
        negatives = List.copyOf(negatives);
        requireWords(text);
        PromptChecks.phrases(text, phrases);
        PromptChecks.negatives(phrases, negatives);
    }

    static CaptionPrompt of(String caption, List<Span> spans) {
        int length = caption.codePointCount(0, caption.length());
        List<Phrase> phrases = new ArrayList<>();
        for (Span span : spans) {
            if (span.end() > length || span.in(caption).isBlank()) {
                throw PromptChecks.bad(
                        "spans of words in a caption of " + length + " code points",
                        "[" + span.begin() + ", " + span.end() + ")",
                        "count in code points, end exclusive");
            }
            phrases.add(new Phrase(span.in(caption), span));
        }
        return new CaptionPrompt(caption, phrases, List.of());
    }

    static CaptionPrompt with(String caption, List<String> phrases) {
        requireWords(caption);
        Map<String, Integer> searchedTo = new HashMap<>();
        List<Phrase> found = new ArrayList<>();
        for (String phrase : phrases) {
            if (phrase.isBlank()) {
                throw PromptChecks.bad("phrases with words", "a blank one", "leave it out");
            }
            int begin = find(caption, phrase, searchedTo.getOrDefault(phrase, 0))
                    .orElseGet(() -> find(caption, phrase, 0)
                            .orElseThrow(() -> PromptChecks.bad(
                                    "phrases of the caption " + PromptChecks.quote(caption),
                                    PromptChecks.quote(phrase) + ", which is not in it",
                                    "write it as the caption does")));
            searchedTo.put(phrase, begin + phrase.length());
            found.add(new Phrase(phrase, Span.ofChars(caption, begin, begin + phrase.length())));
        }
        return new CaptionPrompt(caption, found, List.of());
    }

    static CaptionPrompt withNounPhrases(String caption) {
        return nounPhrasesOf(caption).orElseGet(() -> sentence(caption));
    }

    static Optional<CaptionPrompt> nounPhrasesOf(String caption) {
        requireWords(caption);
        List<Span> spans = NounPhrases.find(caption);
        return spans.isEmpty() ? Optional.empty() : Optional.of(of(caption, spans));
    }

    static CaptionPrompt sentence(String sentence) {
        requireWords(sentence);
        int[] codePoints = sentence.codePoints().toArray();
        return of(
                sentence, List.of(Span.trimmed(codePoints, 0, codePoints.length).orElseThrow()));
    }

    @Override
    public CaptionPrompt withNegatives(List<String> words) {
        return new CaptionPrompt(text, phrases, words);
    }

    /** Where a phrase begins (UTF-16), best as whole words in the same case, else as whole words, else anywhere. */
    private static OptionalInt find(String caption, String phrase, int from) {
        IntPredicate same = at -> caption.startsWith(phrase, at);
        IntPredicate anyCase = at -> caption.regionMatches(true, at, phrase, 0, phrase.length());
        IntPredicate words = at -> isWordEdge(caption, at) && isWordEdge(caption, at + phrase.length());
        for (IntPredicate matches : List.of(same.and(words), anyCase.and(words), same, anyCase)) {
            OptionalInt found = IntStream.rangeClosed(from, caption.length() - phrase.length())
                    .filter(matches)
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isWordEdge(String text, int at) {
        return at == 0
                || at == text.length()
                || !Character.isLetterOrDigit(text.codePointBefore(at))
                || !Character.isLetterOrDigit(text.codePointAt(at));
    }

    private static void requireWords(String caption) {
        if (caption.isBlank()) {
            throw PromptChecks.bad("a caption", "an empty one", "describe what to look for");
        }
    }
}
