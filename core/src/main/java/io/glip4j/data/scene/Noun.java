package io.glip4j.data.scene;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A thing that scenes show: an ordinary noun, and the icons that depict it.
 *
 * @param name what most people would call it; a class name
 * @param common whether photographs' data sets name it too: such a name is never held out
 * @param pair said "a pair of": scissors, glasses
 * @param others words that mean the same thing here
 * @param kinds wider words that are true of it, as "bird" and "animal" of an eagle
 * @param doubtful words for what looks like it or is a part of it: neither surely right nor surely wrong
 * @param icons which icons depict it
 */
record Noun(
        String name,
        boolean common,
        boolean pair,
        List<String> others,
        List<String> kinds,
        List<String> doubtful,
        List<IconCode> icons) {
    /**
     * An icon by its Unicode code points.
     *
     * @param code lower-case hexadecimal joined by "-", without variation selectors and skin tones
     * @param styles the icon sets in which it depicts the noun; none for all
     */
    record IconCode(String code, Set<String> styles) {
        IconCode {
            styles = Set.copyOf(styles);
        }

        boolean in(String style) {
            return styles.isEmpty() || styles.contains(style);
        }
    }

    private static final String PERSON = "person";

    Noun {
        others = List.copyOf(others);
        kinds = List.copyOf(kinds);
        doubtful = List.copyOf(doubtful);
        icons = List.copyOf(icons);
    }

    /** Whether {@code word} may be said of it. */
    boolean is(String word) {
        return words().anyMatch(word::equals);
    }

    /** Whether {@code word} is neither right nor surely wrong; also where its own words end in it, as "hot dog" does. */
    boolean mayBe(String word) {
        return !is(word) && (doubtful.contains(word) || words().anyMatch(own -> own.endsWith(" " + word)));
    }

    /** Name, other words, kinds. */
    Stream<String> words() {
        return Stream.of(Stream.of(name), others.stream(), kinds.stream()).flatMap(words -> words);
    }

    /** People come in their own colours, and are not called by them. */
    boolean person() {
        return name.equals(PERSON) || kinds.contains(PERSON);
    }
}
