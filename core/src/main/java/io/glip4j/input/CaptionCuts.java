package io.glip4j.input;

/** Where a long caption may be cut: behind sentences, else between words. */
final class CaptionCuts {
    private static final String SENTENCE_ENDS = ".!?";
    private static final String ENDS_WITHOUT_SPACE = "\n\u3002\uFF01\uFF1F"; // line end and the CJK . ! ?

    private final int[] codePoints;
    /** Tokens that begin before each code point. */
    private final int[] tokensBefore;

    CaptionCuts(String text, TokenizedText tokens) {
        codePoints = text.codePoints().toArray();
        tokensBefore = new int[codePoints.length + 1];
        for (Token token : tokens.tokens()) {
            if (token.span().end() > token.span().begin()) {
                tokensBefore[token.span().begin() + 1]++;
            }
        }
        for (int i = 1; i < tokensBefore.length; i++) {
            tokensBefore[i] += tokensBefore[i - 1];
        }
    }

    /** About as many tokens as the part of the text has. */
    int tokens(Span part) {
        return tokensBefore[part.end()] - tokensBefore[part.begin()];
    }

    /**
     * The piece with {@code part} in it that has at most {@code room} tokens: from the beginning of its sentence, where
     * it fits, to the last end of a sentence, else of a word, that fits; at least {@code part} itself.
     */
    Span piece(Span part, int room) {
        int begin = part.begin();
        while (begin > 0 && !isSentenceEnd(begin)) {
            begin--;
        }
        if (tokens(new Span(begin, part.end())) > room) {
            begin = part.begin();
        }
        int sentence = part.end();
        int word = part.end();
        for (int end = part.end(); end <= codePoints.length && tokens(new Span(begin, end)) <= room; end++) {
            if (isSentenceEnd(end)) {
                sentence = end;
            }
            if (end == codePoints.length || Character.isWhitespace(codePoints[end])) {
                word = end;
            }
        }
        return new Span(begin, sentence > part.end() ? sentence : word);
    }

    /** True if a sentence may end before this code point. */
    private boolean isSentenceEnd(int at) {
        if (at == codePoints.length) {
            return true;
        }
        if (at == 0) {
            return false;
        }
        boolean spaced = Character.isWhitespace(codePoints[at]);
        return ENDS_WITHOUT_SPACE.indexOf(codePoints[at - 1]) >= 0
                || (spaced && SENTENCE_ENDS.indexOf(codePoints[at - 1]) >= 0);
    }
}
