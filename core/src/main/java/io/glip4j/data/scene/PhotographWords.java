package io.glip4j.data.scene;

import io.glip4j.data.ClassNames;
import io.glip4j.data.GroundingSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What can be said and asked of photographs whose things are annotated with boxes, in the words of scenes. Colours are
 * not known and never said.
 */
public final class PhotographWords {
    /** More things than that nobody names one by one. */
    private static final int MOST_THINGS = 8;

    private static final int CAPTIONS = 3;
    private static final ColourShares NO_COLOUR = ColourShares.ofCounts(new int[ColourName.COUNT + 1]);

    private final Map<String, Noun> nouns = new HashMap<>();

    /** Sentences and questions about one photograph. */
    public record Words(List<Scene.Description> captions, List<Question> questions) {
        public Words {
            captions = List.copyOf(captions);
            questions = List.copyOf(questions);
        }
    }

    /** With the other and wider words of the table of nouns; a class that it does not have goes by its name alone. */
    public PhotographWords() {
        NounTable.read().forEach(noun -> nouns.put(noun.name(), noun));
    }

    /**
     * The words for one photograph: up to three sentences, none for a crowd of things, and questions of all kinds, but for
     * counts where things may be there that have no box.
     *
     * @param sample with class names
     */
    public Words of(GroundingSample sample, SplittableRandom random) {
        ClassNames names = (ClassNames) sample.text();
        List<Noun> vocabulary = names.vocabulary().stream().map(this::noun).toList();
        List<Thing> all = IntStream.range(0, sample.boxes().size())
                .mapToObj(box -> new Thing(
                        box,
                        vocabulary.get(names.labels().get(box)),
                        NO_COLOUR,
                        sample.boxes().get(box)))
                .toList();
        Things things = new Things(all, sample.width(), sample.height(), word -> true, (noun, colour) -> false);
        List<Noun> absent = names.absent().stream().map(vocabulary::get).toList();
        boolean complete = complete(names);
        List<Question> questions = new QuestionWriter(things, absent, random)
                .write().stream()
                        .filter(question -> complete || question.kind() != Question.Kind.NUMBER)
                        .toList();
        return new Words(captions(things, random), questions);
    }

    private Noun noun(String name) {
        return nouns.getOrDefault(name, new Noun(name, true, false, List.of(), List.of(), List.of(), List.of()));
    }

    /** Whether every class is known to be there or not to be. */
    private static boolean complete(ClassNames names) {
        Set<Integer> known = new HashSet<>(names.labels());
        known.addAll(names.absent());
        return known.size() == names.vocabulary().size();
    }

    private static List<Scene.Description> captions(Things things, SplittableRandom random) {
        if (things.all().size() > MOST_THINGS) {
            return List.of();
        }
        Map<String, Scene.Description> captions = new LinkedHashMap<>();
        for (int i = 0; i < CAPTIONS; i++) {
            Scene.Description caption = new CaptionWriter(things, random).write();
            captions.putIfAbsent(caption.caption().text(), caption);
        }
        return new ArrayList<>(captions.values());
    }
}
