package io.glip4j.data.flickr;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.input.Span;
import io.glip4j.text.PythonText;
import java.util.ArrayList;
import java.util.List;

/** A sentence without its marks, and its marked phrases in order. */
public record EntitySentence(String sentence, List<EntityPhrase> phrases) {
    private static final String ENTITY = "EN#";

    public EntitySentence {
        phrases = List.copyOf(phrases);
    }

    /**
     * Reads a line such as {@code [/EN#5/people A man] waves .}; a phrase that is never closed is dropped.
     *
     * @throws GlipException {@code BAD_ANNOTATIONS} for a mark without an id
     */
    public static EntitySentence parse(String line) {
        List<String> words = new ArrayList<>();
        List<EntityPhrase> phrases = new ArrayList<>();
        List<String> current = new ArrayList<>();
        List<String> mark = List.of();
        int firstWord = 0;
        for (String token : PythonText.words(line)) {
            if (!mark.isEmpty()) {
                boolean last = token.endsWith("]");
                String word = last ? token.substring(0, token.length() - 1) : token;
                current.add(word);
                words.add(word);
                if (last) {
                    String id = mark.get(1).substring(ENTITY.length());
                    phrases.add(
                            new EntityPhrase(firstWord, String.join(" ", current), id, mark.subList(2, mark.size())));
                    current.clear();
                    mark = List.of();
                }
            } else if (token.startsWith("[")) {
                mark = PythonText.split(token, '/');
                if (mark.size() < 2 || mark.get(1).length() < ENTITY.length()) {
                    throw new GlipException(
                            ErrorCode.BAD_ANNOTATIONS, "wanted a phrase marked [/EN#id/type ...], got " + token);
                }
                firstWord = words.size();
            } else {
                words.add(token);
            }
        }
        return new EntitySentence(String.join(" ", words), phrases);
    }

    /** Where a phrase stands in the sentence, whose words are divided by one blank. */
    public Span span(EntityPhrase phrase) {
        String[] words = sentence.split(" ", -1);
        int begin = 0;
        for (int i = 0; i < phrase.firstWordIndex(); i++) {
            begin += words[i].codePointCount(0, words[i].length()) + 1;
        }
        return new Span(
                begin, begin + phrase.phrase().codePointCount(0, phrase.phrase().length()));
    }
}
