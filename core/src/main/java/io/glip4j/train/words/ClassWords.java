package io.glip4j.train.words;

import io.glip4j.ErrorCode;
import io.glip4j.GlipException;
import io.glip4j.data.OtherWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the classes of a detector are called, and words that name none of them.
 *
 * @param classes names, by label
 * @param labels of each word, the names included; a word may name several ("animal")
 * @param others words that name no class
 */
public record ClassWords(List<String> classes, Map<String, Set<Integer>> labels, List<String> others) {
    /** How often a drawn word names no class, and how often one that does is the class's own name. */
    private static final double OTHERS_SHARE = 0.35;

    private static final double NAME_SHARE = 0.45;

    public ClassWords {
        classes = List.copyOf(classes);
        labels = Map.copyOf(labels);
        others = List.copyOf(others);
        if (classes.isEmpty() || others.isEmpty()) {
            throw new GlipException(
                    ErrorCode.BAD_ARGUMENT,
                    "wanted classes and words that name none of them, got " + classes.size() + " and " + others.size());
        }
        for (String other : others) {
            if (labels.containsKey(other)) {
                throw new GlipException(
                        ErrorCode.BAD_ARGUMENT,
                        "wanted words that name no class, got '" + other + "', which names "
                                + labels.get(other).stream().map(classes::get).toList());
            }
        }
    }

    /** Names beside {@code more} words for each; those for a name that is no class are an error. */
    public static ClassWords of(List<String> classes, OtherWords more, List<String> others) {
        Map<String, Set<Integer>> labels = new TreeMap<>();
        for (int label = 0; label < classes.size(); label++) {
            labels.computeIfAbsent(classes.get(label), word -> new TreeSet<>()).add(label);
        }
        more.byName().forEach((name, words) -> {
            int label = classes.indexOf(name);
            if (label < 0) {
                throw new GlipException(
                        ErrorCode.BAD_ARGUMENT, "wanted other words for one of " + classes + ", got '" + name + "'");
            }
            words.forEach(word ->
                    labels.computeIfAbsent(word, unseen -> new TreeSet<>()).add(label));
        });
        return new ClassWords(classes, labels, others);
    }

    /** Words one a line; blank lines are left out. */
    public static List<String> readLines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new GlipException(
                    ErrorCode.UNREADABLE_FILE, file + ": wanted words, one a line (UTF-8), got " + e, e);
        }
    }

    /** By label the words beside the name, in alphabetical order. */
    List<List<String>> byLabel() {
        List<List<String>> words = new ArrayList<>();
        classes.forEach(name -> words.add(new ArrayList<>()));
        new TreeMap<>(labels)
                .forEach((word, named) -> named.forEach(label -> {
                    if (!word.equals(classes.get(label))) {
                        words.get(label).add(word);
                    }
                }));
        return words;
    }

    /** Which classes a word names; none if it is not known. */
    Set<Integer> named(String word) {
        return labels.getOrDefault(word, Set.of());
    }

    /** A word for any class or none, every class as often as every other. */
    String draw(List<List<String>> byLabel, SplittableRandom random) {
        if (random.nextDouble() < OTHERS_SHARE) {
            return others.get(random.nextInt(others.size()));
        }
        int label = random.nextInt(classes.size());
        List<String> words = byLabel.get(label);
        return words.isEmpty() || random.nextDouble() < NAME_SHARE
                ? classes.get(label)
                : words.get(random.nextInt(words.size()));
    }
}
