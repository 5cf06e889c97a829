package io.glip4j.data.scene;

/**
 * A word for a thing with its adjectives, in the forms that sentences need.
 *
 * @param adjectives with blanks between, or empty
 * @param pair of what is said "a pair of"
 */
record NounPhrase(String adjectives, String word, boolean pair) {
    static NounPhrase of(Noun noun, String word, String adjectives) {
        return new NounPhrase(adjectives, word, noun.pair() && !noun.kinds().contains(word));
    }

    /** "red car". */
    private String bare() {
        return adjectives.isEmpty() ? word : adjectives + " " + word;
    }

    /** "a red car", "a pair of red scissors". */
    String indefinite() {
        return pair ? "a pair of " + bare() : English.article(bare());
    }

    /** "the red car". */
    String definite() {
        return "the " + bare();
    }

    /** "red cars", "pairs of red scissors". */
    String plural() {
        return pair ? "pairs of " + bare() : English.plural(bare());
    }

    /** "two red cars", "a red car". */
    String counted(int count) {
        return count == 1 ? indefinite() : English.number(count) + " " + plural();
    }
}
