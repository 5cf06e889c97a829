package io.glip4j.data.scene;

import io.glip4j.data.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Expressions that pick exactly one object, by name, colour, size, place or what it is beside. */
final class ReferringWriter {
    private static final int MOST_OF_ONE = 2;

    private final Things things;
    private final SplittableRandom random;

    ReferringWriter(Things things, SplittableRandom random) {
        this.things = things;
        this.random = random;
    }

    /** Up to two for each object; none for one that words cannot tell from the others. */
    List<Expression> write() {
        List<Expression> all = new ArrayList<>();
        for (Thing thing : things.all()) {
            List<Reference> candidates = candidates(thing);
            int found = 0;
            for (int i : Seeds.permutation(candidates.size(), random)) {
                Reference words = candidates.get(i);
                if (found < MOST_OF_ONE && thing.equals(words.meant(things))) {
                    PhraseText text = words.write(new PhraseText(), thing, things);
                    all.add(new Expression(text.objects(), text.caption()));
                    found++;
                }
            }
        }
        return all;
    }

    private List<Reference> candidates(Thing thing) {
        Reference bare = Reference.of(thing.noun(), things.word(thing.noun(), random));
        List<Reference> described = new ArrayList<>(List.of(bare));
        things.colour(thing).map(bare::with).ifPresent(described::add);
        List<Reference> candidates = new ArrayList<>(described);
        for (Reference words : described) {
            for (Extreme extreme : Extreme.values()) {
                candidates.add(words.with(extreme));
            }
            for (Place place : Place.values()) {
                candidates.add(words.with(place));
            }
        }
        for (Thing landmark : things.all()) {
            if (!landmark.equals(thing)) {
                besides(thing, landmark)
                        .forEach(where -> described.forEach(words -> candidates.add(words.with(where))));
            }
        }
        return candidates;
    }

    private List<Reference.Beside> besides(Thing thing, Thing landmark) {
        Optional<Reference> words = things.shortest(landmark);
        List<Reference.Beside> besides = new ArrayList<>();
        for (Relation relation : Relation.values()) {
            if (words.isPresent() && relation.of(thing, landmark) == Verdict.YES) {
                besides.add(new Reference.Beside(relation, landmark, words.get()));
            }
        }
        return besides;
    }
}
