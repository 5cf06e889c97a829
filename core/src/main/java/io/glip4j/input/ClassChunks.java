package io.glip4j.input;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list of classes to passes, in the caller's order, each filled before the next begins. */
final class ClassChunks {
    private static final String SEPARATOR = ". ";
    private static final int SEPARATOR_TOKENS = 1;

    private final PromptEncoder encoder;
    private final NegativeWords negatives;

    ClassChunks(PromptEncoder encoder, NegativeWords negatives) {
        this.encoder = encoder;
        this.negatives = negatives;
    }

    /** One class as the network reads it, and the caller's phrases that say it. */
    private record Name(String words, int tokens, List<Integer> phrases) {}

    List<EncodedPrompt> encode(ClassPrompt prompt) {
        List<Name> names = names(prompt);
        List<EncodedPrompt> passes = new ArrayList<>();
        int begin = 0;
        while (begin < names.size()) {
            List<String> extra = negatives.take();
            int end = Math.max(begin + 1, furthest(names, begin, cost(extra)));
            EncodedPrompt pass = pass(names.subList(begin, end), extra);
            // Characters around a separator may make more tokens than the names do alone.
            while (!encoder.fits(pass.tokens()) && (end > begin + 1 || !extra.isEmpty())) {
                if (end > begin + 1) {
                    end--;
                } else {
                    extra = extra.subList(0, extra.size() - 1);
                }
                pass = pass(names.subList(begin, end), extra);
            }
            passes.add(pass);
            begin = end;
        }
        return passes;
    }

    /** Names that the tokenizer does not tell apart are told to the network once. */
    private List<Name> names(ClassPrompt prompt) {
        Map<List<Integer>, Name> names = new LinkedHashMap<>();
        for (int phrase = 0; phrase < prompt.phrases().size(); phrase++) {
            String words = ClassNameCleaner.clean(prompt.phrases().get(phrase).text());
            List<Integer> ids = encoder.tokenizer().encode(words).ids();
            int tokens = ids.size() - 2;
            encoder.requireFits(words, tokens);
            names.computeIfAbsent(ids, same -> new Name(words, tokens, new ArrayList<>()))
                    .phrases()
                    .add(phrase);
        }
        return List.copyOf(names.values());
    }

    private int cost(List<String> words) {
        return words.stream()
                .mapToInt(word -> encoder.tokenizer().count(word) + SEPARATOR_TOKENS)
                .sum();
    }

    /** One past the last name that fits a pass from {@code begin} on. */
    private int furthest(List<Name> names, int begin, int taken) {
        int used = taken;
        int end = begin;
        while (end < names.size() && used + names.get(end).tokens() <= encoder.room()) {
            used += names.get(end).tokens() + SEPARATOR_TOKENS;
            end++;
        }
        return end;
    }

    private EncodedPrompt pass(List<Name> names, List<String> extra) {
        SpannedText text = new SpannedText();
        List<Span> spans = names.stream()
                .map(name -> text.divide(SEPARATOR).phrase(name.words()))
                .toList();
        extra.forEach(word -> text.add(SEPARATOR).add(word));
        TokenizedText tokens = encoder.tokenizer().encode(text.toString());
        List<EncodedPhrase> phrases = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            List<Integer> positions = tokens.positions(List.of(spans.get(i)));
            names.get(i).phrases().forEach(phrase -> phrases.add(new EncodedPhrase(phrase, positions)));
        }
        return new EncodedPrompt(text.toString(), tokens, phrases);
    }
}
