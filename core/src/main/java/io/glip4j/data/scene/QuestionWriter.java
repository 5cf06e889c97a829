package io.glip4j.data.scene;

import io.glip4j.data.scene.Question.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Questions about a scene, each only where its answer is plain; as many to be denied as to be affirmed. */
final class QuestionWriter {
    private static final double LEAST_RATIO = 1.7;
    private static final int TRIES = 20;

    private final Things things;
    private final List<Noun> nouns;
    private final SplittableRandom random;
    private final List<Question> all = new ArrayList<>();

    /** @param nouns that questions for absent things choose from; may be empty */
    QuestionWriter(Things things, List<Noun> nouns, SplittableRandom random) {
        this.things = things;
        this.nouns = nouns;
        this.random = random;
    }

    /** All kinds that the scene gives an occasion for. */
    List<Question> write() {
        Set<Noun> shown = things.all().stream().map(Thing::noun).collect(Collectors.toCollection(LinkedHashSet::new));
        shown.forEach(this::presence);
        shown.forEach(this::count);
        things.all().forEach(thing -> things.shortest(thing).ifPresent(words -> about(thing, words)));
        for (Place place : Place.values()) {
            alone(thing -> place.of(thing, things.width(), things.height()))
                    .ifPresent(thing -> ask(
                            Kind.OTHER,
                            "What is " + place.words() + "?",
                            thing.noun().name(),
                            List.of(thing)));
        }
        return all;
    }

    /** One that is there and one that is not, each at times with a colour. */
    private void presence(Noun noun) {
        String word = things.word(noun, random);
        ask(Kind.YES_NO, "Is there " + indefinite(noun, word, "") + "?", "yes", called(word));
        absent().ifPresent(other ->
                ask(Kind.YES_NO, "Is there " + indefinite(other, other.name(), "") + "?", "no", List.of()));
        if (!noun.person()) {
            ColourName colour = ColourName.ALL.get(random.nextInt(ColourName.COUNT));
            List<Thing> asked = called(noun.name());
            colour = random.nextBoolean()
                    ? asked.stream()
                            .map(things::colour)
                            .flatMap(Optional::stream)
                            .findFirst()
                            .orElse(colour)
                    : colour;
            coloured(noun, colour, asked);
        }
    }

    private void coloured(Noun noun, ColourName colour, List<Thing> asked) {
        List<Thing> fitting = asked.stream()
                .filter(thing -> thing.colours().is(colour) == Verdict.YES)
                .toList();
        boolean none = asked.stream().allMatch(thing -> thing.colours().is(colour) == Verdict.NO);
        if (things.sayableColour().of(noun, colour) && (none || !fitting.isEmpty())) {
            String phrase = indefinite(noun, noun.name(), colour.toString());
            ask(Kind.YES_NO, "Is there " + phrase + "?", none ? "no" : "yes", fitting);
        }
    }

    private void count(Noun noun) {
        String word = things.word(noun, random);
        things.called(word).ifPresent(called -> {
            String plural = NounPhrase.of(noun, word, "").plural();
            ask(Kind.NUMBER, "How many " + plural + " are there?", Integer.toString(called.size()), called);
        });
    }

    /** Colour, place, neighbours and size of a thing that {@code words} tell from all others. */
    private void about(Thing thing, Reference words) {
        String the = words.write(new PhraseText(), thing, things).caption().text();
        boolean many = thing.noun().pair();
        if (words.colour().isEmpty()) {
            things.colour(thing)
                    .ifPresent(colour -> ask(
                            Kind.OTHER,
                            "What color " + (many ? "are " : "is ") + the + "?",
                            colour.toString(),
                            List.of(thing)));
        }
        Place.narrowest(thing, things.width(), things.height())
                .ifPresent(place -> ask(
                        Kind.OTHER, "Where " + (many ? "are " : "is ") + the + "?", place.answer(), List.of(thing)));
        for (Relation relation : Relation.values()) {
            alone(other -> other.equals(thing) ? Verdict.NO : relation.of(other, thing))
                    .ifPresent(other -> ask(
                            Kind.OTHER,
                            "What is " + relation.words() + " " + the + "?",
                            other.noun().name(),
                            List.of(other, thing)));
        }
        compared(thing, the);
    }

    /** Against one other thing that its own words tell from all others. */
    private void compared(Thing thing, String the) {
        Thing other = things.all().get(random.nextInt(things.all().size()));
        Optional<Reference> words = things.shortest(other);
        if (other.equals(thing) || words.isEmpty()) {
            return;
        }
        String theOther =
                words.get().write(new PhraseText(), other, things).caption().text();
        String verb = thing.noun().pair() ? "Are " : "Is ";
        Relation relation = Relation.ALL.get(random.nextInt(Relation.ALL.size()));
        Verdict verdict = relation.of(thing, other);
        if (verdict != Verdict.UNCLEAR) {
            String asked = verb + the + " " + relation.words() + " " + theOther + "?";
            ask(Kind.YES_NO, asked, verdict == Verdict.YES ? "yes" : "no", List.of(thing, other));
        }
        double ratio = thing.area() / other.area();
        if (Math.max(ratio, 1 / ratio) >= LEAST_RATIO) {
            String asked = verb + the + " larger than " + theOther + "?";
            ask(Kind.YES_NO, asked, ratio > 1 ? "yes" : "no", List.of(thing, other));
        }
    }

    private interface Statement {
        Verdict of(Thing thing);
    }

    /** The one thing that a statement is true of, where it is plainly false of all others. */
    private Optional<Thing> alone(Statement statement) {
        List<Thing> possible = things.all().stream()
                .filter(thing -> statement.of(thing) != Verdict.NO)
                .toList();
        return possible.size() == 1 && statement.of(possible.get(0)) == Verdict.YES
                ? Optional.of(possible.get(0))
                : Optional.empty();
    }

    private Optional<Noun> absent() {
        for (int i = 0; i < TRIES && !nouns.isEmpty(); i++) {
            Noun noun = nouns.get(random.nextInt(nouns.size()));
            if (things.all().stream().allMatch(thing -> thing.is(noun.name()) == Verdict.NO)) {
                return Optional.of(noun);
            }
        }
        return Optional.empty();
    }

    private List<Thing> called(String word) {
        return things.all().stream()
                .filter(thing -> thing.is(word) == Verdict.YES)
                .toList();
    }

    private static String indefinite(Noun noun, String word, String adjectives) {
        return NounPhrase.of(noun, word, adjectives).indefinite();
    }

    private void ask(Kind kind, String question, String answer, Collection<Thing> about) {
        all.add(new Question(
                kind, question, answer, about.stream().map(Thing::number).toList()));
    }
}
