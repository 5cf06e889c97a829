package io.glip4j.data.scene;

import io.glip4j.data.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Sentences about a scene that name things with counts, colours, sizes and places. What a sentence names by a word it
 * names all of: "a dog" is only said where there is one.
 */
final class CaptionWriter {
    private static final double BIG = 0.5;
    private static final double SMALL = 0.14;
    private static final double COLOURED = 0.7;
    private static final double SIZED = 0.5;
    private static final double PLACED = 0.35;
    private static final double BESIDE = 0.5;
    private static final double WHOLE = 0.6;

    private final Things things;
    private final SplittableRandom random;

    CaptionWriter(Things things, SplittableRandom random) {
        this.things = things;
        this.random = random;
    }

    /** Things that one phrase names. */
    private record Group(List<Thing> members, String word) {
        List<Integer> numbers() {
            return members.stream().map(Thing::number).toList();
        }

        Noun noun() {
            return members.get(0).noun();
        }
    }

    /** One sentence, of everything or of a part. */
    Scene.Description write() {
        List<Group> groups = new ArrayList<>(groups());
        if (groups.size() > 1 && random.nextDouble() >= WHOLE) {
            groups = groups.subList(0, 1 + random.nextInt(groups.size() - 1));
        }
        PhraseText text = new PhraseText().add(opening(groups.get(0)));
        for (int i = 0; i < groups.size(); i++) {
            if (i > 0) {
                text.add(i < groups.size() - 1 ? ", " : " and ");
            }
            Group group = groups.get(i);
            Optional<Group> next = i + 1 < groups.size() ? Optional.of(groups.get(i + 1)) : Optional.empty();
            Optional<Relation> relation = next.flatMap(other -> relation(group, other));
            if (relation.isPresent() && random.nextDouble() < BESIDE) {
                text.add(phrase(group), group.numbers())
                        .add(" " + relation.get().words() + " ")
                        .add(phrase(next.get()), next.get().numbers());
                i++;
            } else {
                text.add(phrase(group), group.numbers()).add(place(group));
            }
        }
        text.add(".");
        return new Scene.Description(text.objects(), text.caption());
    }

    /** Nouns in random order, each with a word that is clear for all it could mean; a wider word takes others in. */
    private List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        Set<Thing> named = new LinkedHashSet<>();
        for (int i : Seeds.permutation(things.all().size(), random)) {
            Thing thing = things.all().get(i);
            if (!named.contains(thing)) {
                Group group = group(thing, named);
                groups.add(group);
                named.addAll(group.members());
            }
        }
        return groups;
    }

    private Group group(Thing thing, Set<Thing> named) {
        String word = things.word(thing.noun(), random);
        Optional<List<Thing>> called =
                things.called(word).filter(list -> list.stream().noneMatch(named::contains));
        if (called.isPresent()) {
            return new Group(called.get(), word);
        }
        String name = thing.noun().name();
        List<Thing> same = things.all().stream()
                .filter(one -> one.noun().equals(thing.noun()))
                .toList();
        return new Group(same, name);
    }

    private String opening(Group first) {
        return switch (random.nextInt(6)) {
            case 0 -> first.members().size() == 1 ? "there is " : "there are ";
            case 1 -> "a picture of ";
            case 2 -> "we see ";
            default -> "";
        };
    }

    private String phrase(Group group) {
        List<String> adjectives = new ArrayList<>();
        List<Thing> members = group.members();
        if (members.size() == 1 && random.nextDouble() < SIZED) {
            size(members.get(0)).ifPresent(adjectives::add);
        }
        if (random.nextDouble() < COLOURED) {
            Set<Optional<ColourName>> colours =
                    members.stream().map(things::colour).collect(Collectors.toSet());
            if (colours.size() == 1) {
                colours.iterator().next().ifPresent(colour -> adjectives.add(colour.toString()));
            }
        }
        return NounPhrase.of(group.noun(), group.word(), String.join(" ", adjectives))
                .counted(members.size());
    }

    /** Against the picture, and only where it is plain. */
    private Optional<String> size(Thing thing) {
        double side = Math.sqrt(thing.area() / ((double) things.width() * things.height()));
        if (side > BIG) {
            return Optional.of(random.nextBoolean() ? "big" : "large");
        }
        return side < SMALL ? Optional.of(random.nextBoolean() ? "small" : "little") : Optional.empty();
    }

    private String place(Group group) {
        if (group.members().size() == 1 && random.nextDouble() < PLACED) {
            return Place.narrowest(group.members().get(0), things.width(), things.height())
                    .map(place -> " " + place.words())
                    .orElse("");
        }
        return "";
    }

    private static Optional<Relation> relation(Group one, Group other) {
        if (one.members().size() == 1 && other.members().size() == 1) {
            for (Relation relation : Relation.values()) {
                if (relation.of(one.members().get(0), other.members().get(0)) == Verdict.YES) {
                    return Optional.of(relation);
                }
            }
        }
        return Optional.empty();
    }
}
