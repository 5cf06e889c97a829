package io.glip4j.data;

import io.glip4j.input.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * Packs a caption with captions of other pictures, in random order, as far as the text encoder takes them. A caption that
 * says a noun of the picture's own phrases is passed over: that noun is there.
 */
final class CaptionPacker {
    private static final String SEPARATOR = ". ";
    private static final String STOP = ".";
    private static final int SEPARATOR_TOKENS = 1;
    private static final int START_AND_END = 2;
    private static final int TRIES_PER_CAPTION = 2;
    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final OtherCaptions others;
    private final ToIntFunction<String> tokensOf;
    private final int maxTokens;

    /**
     * Packs for one text encoder.
     *
     * @param tokensOf number of tokens of a text, without start and end
     * @param maxTokens most tokens of a prompt, start and end included
     */
    CaptionPacker(OtherCaptions others, ToIntFunction<String> tokensOf, int maxTokens) {
        this.others = others;
        this.tokensOf = tokensOf;
        this.maxTokens = maxTokens;
    }

    /** The caption among others; its phrases have moved with it. */
    Caption pack(GroundingSample sample, Caption own, SplittableRandom random) {
        int wanted = others.number(sample, random);
        if (wanted == 0) {
            return own;
        }
        List<String> packed = new ArrayList<>();
        Set<String> nouns = nouns(own);
        int room = maxTokens - START_AND_END - tokensOf.applyAsInt(own.text());
        for (int tries = TRIES_PER_CAPTION * wanted; tries > 0 && packed.size() < wanted && room > 0; tries--) {
            Optional<String> other = others.draw(sample, random)
                    .map(Caption::text)
                    .filter(text -> words(text).stream().noneMatch(nouns::contains));
            int tokens = other.map(tokensOf::applyAsInt).orElse(room) + SEPARATOR_TOKENS;
            if (tokens <= room) {
                packed.add(other.orElseThrow());
                room -= tokens;
            }
        }
        return packed.isEmpty() ? own : join(own, packed, random.nextInt(packed.size() + 1));
    }

    /** The caption behind the first {@code place} of the others and before the rest. */
    private static Caption join(Caption own, List<String> others, int place) {
        StringBuilder before = new StringBuilder();
        others.subList(0, place).forEach(other -> before.append(closed(other)));
        StringBuilder after = new StringBuilder();
        for (String other : others.subList(place, others.size())) {
            after.append(separatorAfter(after.isEmpty() ? own.text() : after.toString()))
                    .append(other);
        }
        int shift = before.codePointCount(0, before.length());
        List<List<Span>> phrases = own.phrases().stream()
                .map(spans -> spans.stream()
                        .map(span -> new Span(span.begin() + shift, span.end() + shift))
                        .toList())
                .toList();
        return new Caption(before + own.text() + after, phrases);
    }

    private static String closed(String caption) {
        return caption + separatorAfter(caption);
    }

    private static String separatorAfter(String caption) {
        return caption.endsWith(STOP) ? " " : SEPARATOR;
    }

    /** The last word of each phrase that has a box: as a rule the noun that the others describe. */
    private static Set<String> nouns(Caption caption) {
        Set<String> nouns = new HashSet<>();
        for (List<Span> spans : caption.phrases()) {
            for (Span span : spans) {
                List<String> words = words(span.in(caption.text()));
                if (!words.isEmpty()) {
                    nouns.add(words.get(words.size() - 1));
                }
            }
        }
        return nouns;
    }

    /** Words in lower case, without the s of plurals. */
    private static List<String> words(String text) {
        return Arrays.stream(NO_LETTERS.split(text.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .map(word -> word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word)
                .toList();
    }
}
