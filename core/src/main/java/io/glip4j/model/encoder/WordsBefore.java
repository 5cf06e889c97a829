package io.glip4j.model.encoder;

/** The words that stand before those at hand, in texts whose words look at earlier ones only. */
public interface WordsBefore {
    /** Nothing: the words at hand are the whole text. */
    WordsBefore NONE = new WordsBefore() {
        @Override
        public long count() {
            return 0;
        }

        @Override
        public TokenContext inLayer(int layer) {
            return TokenContext.causal();
        }
    };

    /** How many there are: the position of the first word at hand. */
    long count();

    /** What the words at hand look at in a layer; those of the text encoder come first, then those of the fusion. */
    TokenContext inLayer(int layer);
}
