package io.glip4j.input;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A caption to passes: as it is where it fits, else in pieces of whole sentences where they fit, else of whole words. A
 * piece may begin in the one before it, so that no phrase is cut and each has what its sentence says before it.
 */
final class CaptionPieces {
    private static final String SENTENCE_ENDS = ".!?\n\u3002\uFF01\uFF1F";
    private static final String AFTER_SENTENCE = " ";
    private static final String SEPARATOR = ". ";

    private final PromptEncoder encoder;
    private final NegativeWords negatives;

    CaptionPieces(PromptEncoder encoder, NegativeWords negatives) {
        this.encoder = encoder;
        this.negatives = negatives;
    }

    /** A phrase's part, which must lie in one piece. */
    private record Part(int phrase, Span span) {}

    List<EncodedPrompt> encode(CaptionPrompt prompt) {
        List<String> extra = negatives.take();
        List<Part> parts = parts(prompt);
        int length = prompt.text().codePointCount(0, prompt.text().length());
        EncodedPrompt whole = pass(prompt, new Span(0, length), parts, extra);
        if (encoder.fits(whole.tokens())) {
            return List.of(whole);
        }
        CaptionCuts cuts = new CaptionCuts(prompt.text(), encoder.tokenizer().encode(prompt.text()));
        parts.forEach(part -> encoder.requireFits(part.span().in(prompt.text()), cuts.tokens(part.span())));
        List<EncodedPrompt> passes = new ArrayList<>();
        List<Part> waiting = new ArrayList<>(parts);
        while (!waiting.isEmpty()) {
            EncodedPrompt pass = next(prompt, cuts, waiting, extra);
            passes.add(pass);
            extra = negatives.take();
        }
        return passes;
    }

    /** Makes a pass with the first waiting part and all others that its piece holds, and takes them off the list. */
    private EncodedPrompt next(CaptionPrompt prompt, CaptionCuts cuts, List<Part> waiting, List<String> negativeWords) {
        Span first = waiting.get(0).span();
        List<String> extra = negativeWords;
        int room = encoder.room() - encoder.tokenizer().count(withNegatives("", extra));
        while (true) {
            Span piece = cuts.piece(first, room);
            List<Part> inside =
                    waiting.stream().filter(part -> piece.contains(part.span())).toList();
            EncodedPrompt pass = pass(prompt, piece, inside, extra);
            int excess = pass.tokens().size() - encoder.maxTokens();
            if (excess <= 0) {
                waiting.removeAll(inside);
                return pass;
            }
            if (piece.equals(first) && extra.isEmpty()) {
                encoder.requireFits(pass.text(), pass.tokens().size() - 2);
            } else if (piece.equals(first)) {
                extra = extra.subList(0, extra.size() - 1);
            } else {
                room -= excess;
            }
        }
    }

    private static List<Part> parts(CaptionPrompt prompt) {
        List<Part> parts = new ArrayList<>();
        for (int phrase = 0; phrase < prompt.phrases().size(); phrase++) {
            for (Span span : prompt.phrases().get(phrase).spans()) {
                parts.add(new Part(phrase, span));
            }
        }
        parts.sort(Comparator.comparingInt(part -> part.span().begin()));
        return parts;
    }

    private EncodedPrompt pass(CaptionPrompt prompt, Span piece, List<Part> parts, List<String> extra) {
        String text = withNegatives(piece.in(prompt.text()), extra);
        TokenizedText tokens = encoder.tokenizer().encode(text);
        List<EncodedPhrase> phrases = new ArrayList<>();
        for (int phrase = 0; phrase < prompt.phrases().size(); phrase++) {
            int number = phrase;
            List<Span> spans = parts.stream()
                    .filter(part -> part.phrase() == number)
                    .map(part -> part.span().movedBy(-piece.begin()))
                    .toList();
            if (!spans.isEmpty()) {
                phrases.add(new EncodedPhrase(phrase, tokens.positions(spans)));
            }
        }
        return new EncodedPrompt(text, tokens, phrases);
    }

    private static String withNegatives(String caption, List<String> extra) {
        if (extra.isEmpty()) {
            return caption;
        }
        String sentence = caption.stripTrailing();
        boolean ended = !sentence.isEmpty() && SENTENCE_ENDS.indexOf(sentence.charAt(sentence.length() - 1)) >= 0;
        return sentence + (ended ? AFTER_SENTENCE : SEPARATOR) + String.join(SEPARATOR, extra);
    }
}
