package io.glip4j.data.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A scene's things, and the words that may be said of them.
 *
 * @param width of the picture, pixels
 * @param sayable which words the split may use
 * @param sayableColour which colours may be named with a thing
 */
record Things(List<Thing> all, int width, int height, Predicate<String> sayable, Colours sayableColour) {
    private static final double OTHER_WORD = 0.25;
    private static final double WIDER_WORD = 0.12;

    /** Which pairs of name and colour may be named. */
    interface Colours {
        boolean of(Noun noun, ColourName colour);
    }

    Things {
        all = List.copyOf(all);
    }

    /** A word for a thing: mostly its name, at times another or a wider one. */
    String word(Noun noun, SplittableRandom random) {
        double kind = random.nextDouble();
        List<String> words =
                kind < WIDER_WORD ? noun.kinds() : kind < WIDER_WORD + OTHER_WORD ? noun.others() : List.of();
        List<String> usable = words.stream().filter(sayable).toList();
        return usable.isEmpty() ? noun.name() : usable.get(random.nextInt(usable.size()));
    }

    /** Things that the word is clearly right for; empty if it is not clear for one of them. */
    Optional<List<Thing>> called(String word) {
        List<Thing> called = new ArrayList<>();
        for (Thing thing : all) {
            Verdict verdict = thing.is(word);
            if (verdict == Verdict.UNCLEAR) {
                return Optional.empty();
            }
            if (verdict == Verdict.YES) {
                called.add(thing);
            }
        }
        return Optional.of(called);
    }

    /** The colour that may be said of a thing, where one word is right. */
    Optional<ColourName> colour(Thing thing) {
        return thing.noun().person()
                ? Optional.empty()
                : thing.colours().name().filter(name -> sayableColour.of(thing.noun(), name));
    }

    /** The shortest words that tell a thing from all others: its name, or with its colour. */
    Optional<Reference> shortest(Thing thing) {
        Reference bare = Reference.of(thing.noun(), thing.noun().name());
        Stream<Reference> coloured = colour(thing).map(bare::with).stream();
        return Stream.concat(Stream.of(bare), coloured)
                .filter(words -> thing.equals(words.meant(this)))
                .findFirst();
    }
}
