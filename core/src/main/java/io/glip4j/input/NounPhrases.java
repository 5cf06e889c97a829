package io.glip4j.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.sentdetect.SentenceDetectorME;
import opennlp.tools.sentdetect.SentenceModel;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;

/**
 * Noun phrases of English text by OpenNLP: an article or none, adjectives and numbers, then nouns and names ({@code DET?
 * (ADJ|NUM)* (NOUN|PROPN)+} of Universal Dependencies).
 */
final class NounPhrases {
    private static final String DETERMINER = "DET";
    private static final Set<String> MODIFIERS = Set.of("ADJ", "NUM");
    private static final Set<String> NOUNS = Set.of("NOUN", "PROPN");

    private NounPhrases() {}

    /** The models, loaded when the first caption comes; they are read-only, the tools made from them are not. */
    private static final class Models {
        static final SentenceModel SENTENCES = load("sentence", SentenceModel::new);
        static final TokenizerModel TOKENS = load("tokens", TokenizerModel::new);
        static final POSModel TAGS = load("pos", POSModel::new);

        private interface Loader<T> {
            T load(InputStream stream) throws IOException;
        }

        private static <T> T load(String kind, Loader<T> loader) {
            String resource = "/opennlp-en-ud-ewt-" + kind + "-1.3-2.5.4.bin";
            try (InputStream stream =
                    Objects.requireNonNull(NounPhrases.class.getResourceAsStream(resource), resource)) {
                return loader.load(stream);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Where noun phrases stand, in order, in code points. */
    static List<Span> find(String text) {
        SentenceDetectorME sentences = new SentenceDetectorME(Models.SENTENCES);
        TokenizerME tokenizer = new TokenizerME(Models.TOKENS);
        POSTaggerME tagger = new POSTaggerME(Models.TAGS);
        List<Span> found = new ArrayList<>();
        for (opennlp.tools.util.Span sentence : sentences.sentPosDetect(text)) {
            String words = sentence.getCoveredText(text).toString();
            opennlp.tools.util.Span[] tokens = tokenizer.tokenizePos(words);
            String[] tags = tagger.tag(opennlp.tools.util.Span.spansToStrings(tokens, words));
            for (int first = 0; first < tags.length; ) {
                int end = endOfPhrase(tags, first);
                if (end > first) {
                    int offset = sentence.getStart();
                    found.add(Span.ofChars(text, offset + tokens[first].getStart(), offset + tokens[end - 1].getEnd()));
                }
                first = Math.max(end, first + 1);
            }
        }
        return found;
    }

    /** One past the last token of the noun phrase that begins at {@code first}; {@code first} if none does. */
    private static int endOfPhrase(String[] tags, int first) {
        int at = tags[first].equals(DETERMINER) ? first + 1 : first;
        while (at < tags.length && MODIFIERS.contains(tags[at])) {
            at++;
        }
        int nouns = at;
        while (at < tags.length && NOUNS.contains(tags[at])) {
            at++;
        }
        return at > nouns ? at : first;
    }
}
