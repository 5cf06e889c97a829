package io.glip4j.data.scene;

import io.glip4j.data.Seeds;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What training never sees, by the words alone, whatever the seed and the icon sets: a tenth of the names, by their
 * last word, so that no "alarm clock" gives a "clock" away, and a seventh of the pairs of name and colour. Names that
 * photographs' data sets have too, and wider words, are never held out.
 */
final class HeldOut {
    private static final int NAMES_OF_1000 = 120;
    private static final int PAIRS_OF_1000 = 150;

    private final Set<String> kept = new HashSet<>();

    HeldOut(List<Noun> nouns) {
        for (Noun noun : nouns) {
            Stream<String> words = noun.common() ? noun.words() : noun.kinds().stream();
            words.map(HeldOut::lastWord).forEach(kept::add);
        }
    }

    boolean holds(String word) {
        String last = lastWord(word);
        return !kept.contains(last) && draw(last) < NAMES_OF_1000;
    }

    boolean holds(String name, ColourName colour) {
        return draw(name + " " + colour) < PAIRS_OF_1000;
    }

    private static String lastWord(String words) {
        return words.substring(words.lastIndexOf(' ') + 1);
    }

    private static int draw(String words) {
        return Seeds.random(words.hashCode()).nextInt(1000);
    }
}
