package io.glip4j.data.flickr;

import java.util.List;

/**
 * A phrase of a sentence.
 *
 * @param firstWordIndex place of its first word among the sentence's words, from 0
 * @param id the entity it names; the same in all sentences of a picture
 * @param types people, clothing, ...; at least one as a rule
 */
public record EntityPhrase(int firstWordIndex, String phrase, String id, List<String> types) {
    public EntityPhrase {
        types = List.copyOf(types);
    }
}
