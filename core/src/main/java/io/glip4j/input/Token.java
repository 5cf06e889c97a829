package io.glip4j.input;

/**
 * One token of a text.
 *
 * @param id its row in the token table
 * @param span the code points it was made from; empty for the start and end token
 */
public record Token(int id, Span span) {
    /** True if the token was made from this code point, maybe with others. */
    boolean covers(int codePoint) {
        return span.begin() <= codePoint && codePoint < span.end();
    }
}
