package io.glip4j.input;

import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * A text as tokens, the start token first and the end token last.
 *
 * @param tokens in the text's order
 */
public record TokenizedText(List<Token> tokens) {
    /** How many characters are tried from each end of a phrase before it counts as having no tokens. */
    private static final int TRIES = 3;

    public TokenizedText {
        tokens = List.copyOf(tokens);
    }

    public int size() {
        return tokens.size();
    }

    public List<Integer> ids() {
        return tokens.stream().map(Token::id).toList();
    }

    /**
     * Positions of the tokens of a phrase, ascending, as published: from the token of its first character (else its
     * second, else its third) to that of its last (else the one before, else the one before that). Parts in which
     * either end has no token give none.
     *
     * @param parts where the phrase stands in the text, in code points
     */
    public List<Integer> positions(List<Span> parts) {
        TreeSet<Integer> positions = new TreeSet<>();
        for (Span part : parts) {
            OptionalInt first = firstOf(part);
            OptionalInt last = lastOf(part);
            if (first.isPresent() && last.isPresent()) {
                for (int position = first.getAsInt(); position <= last.getAsInt(); position++) {
                    positions.add(position);
                }
            }
        }
        return List.copyOf(positions);
    }

    /** Position of the first token made from this code point. */
    OptionalInt at(int codePoint) {
        for (int position = 0; position < tokens.size(); position++) {
            if (tokens.get(position).covers(codePoint)) {
                return OptionalInt.of(position);
            }
        }
        return OptionalInt.empty();
    }

    private OptionalInt firstOf(Span part) {
        OptionalInt found = OptionalInt.empty();
        for (int i = 0; i < TRIES && found.isEmpty(); i++) {
            found = at(part.begin() + i);
        }
        return found;
    }

    private OptionalInt lastOf(Span part) {
        OptionalInt found = OptionalInt.empty();
        for (int i = 1; i <= TRIES && found.isEmpty(); i++) {
            found = at(part.end() - i);
        }
        return found;
    }
}
