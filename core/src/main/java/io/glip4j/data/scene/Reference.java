package io.glip4j.data.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Words that mean one object: "the largest red car on the left", "the dog left of the tree".
 *
 * @param place said at most one of place and relation
 */
record Reference(
        Noun noun,
        String word,
        Optional<ColourName> colour,
        Optional<Extreme> extreme,
        Optional<Place> place,
        Optional<Beside> beside) {
    /** Where it is, seen from another thing that its own words tell from all others. */
    record Beside(Relation relation, Thing landmark, Reference words) {}

    static Reference of(Noun noun, String word) {
        return new Reference(noun, word, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    Reference with(ColourName name) {
        return new Reference(noun, word, Optional.of(name), extreme, place, beside);
    }

    Reference with(Extreme which) {
        return new Reference(noun, word, colour, Optional.of(which), place, beside);
    }

    Reference with(Place where) {
        return new Reference(noun, word, colour, extreme, Optional.of(where), Optional.empty());
    }

    Reference with(Beside where) {
        return new Reference(noun, word, colour, extreme, Optional.empty(), Optional.of(where));
    }

    /** The object it means, where it clearly means one and clearly none of the others. */
    @Nullable
    Thing meant(Things things) {
        List<Thing> fitting = new ArrayList<>();
        List<Thing> possible = new ArrayList<>();
        for (Thing thing : things.all()) {
            Verdict verdict = holds(thing, things);
            if (verdict == Verdict.YES) {
                fitting.add(thing);
            }
            if (verdict != Verdict.NO) {
                possible.add(thing);
            }
        }
        if (extreme.isPresent()) {
            fitting.removeIf(thing -> !extreme.get().of(thing, possible, things.width()));
            return fitting.size() == 1 ? fitting.get(0) : null;
        }
        return fitting.size() == 1 && possible.size() == 1 ? fitting.get(0) : null;
    }

    /** All but the extreme, which takes the others into account. */
    private Verdict holds(Thing thing, Things things) {
        Verdict verdict = thing.is(word);
        if (colour.isPresent()) {
            verdict = verdict.and(thing.colours().is(colour.get()));
        }
        if (place.isPresent()) {
            verdict = verdict.and(place.get().of(thing, things.width(), things.height()));
        }
        if (beside.isPresent()) {
            verdict = verdict.and(beside.get().relation().of(thing, beside.get().landmark()));
        }
        return verdict;
    }

    /** Writes it, with phrases for what it means and for what that is beside. */
    PhraseText write(PhraseText text, Thing target, Things things) {
        int alike = (int) things.all().stream()
                .filter(thing -> holds(thing, things) != Verdict.NO)
                .count();
        String adjectives = Stream.of(
                        extreme.map(which -> which.word(alike)).orElse(""),
                        colour.map(ColourName::toString).orElse(""))
                .filter(adjective -> !adjective.isEmpty())
                .collect(Collectors.joining(" "));
        text.add(NounPhrase.of(noun, word, adjectives).definite(), List.of(target.number()));
        place.ifPresent(where -> text.add(" " + where.words()));
        beside.ifPresent(where -> {
            text.add(" " + where.relation().words() + " ");
            where.words().write(text, where.landmark(), things);
        });
        return text;
    }
}
