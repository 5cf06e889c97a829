package io.glip4j.eval.caption;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * SPICE (Anderson et al., 2016) from scene graph tuples: an object is one word, an attribute two, a relation three.
 *
 * @param result the tuples of the caption
 * @param references the tuples of all references together
 */
public record SpiceTuples(List<Tuple> result, List<Tuple> references) {
    private static final String ALL = "All";
    private static final Set<String> NUMBERS =
            Set.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
    private static final Set<String> COLORS = Set.of(
            "black", "brown", "blue", "red", "yellow", "pink", "gray", "grey", "green", "dark", "light", "white",
            "cream", "orange", "purple", "maroon", "beige", "violet");
    private static final Set<String> SIZES = sizes();
    private static final Map<String, Predicate<List<String>>> CATEGORIES = categories();

    public SpiceTuples {
        result = List.copyOf(result);
        references = List.copyOf(references);
    }

    /**
     * One tuple.
     *
     * @param matched whether it found a partner on the other side
     */
    public record Tuple(List<String> words, boolean matched) {
        public Tuple {
            words = List.copyOf(words);
        }
    }

    /**
     * Precision, recall and F of a category; NaN where the references have nothing of it.
     *
     * @param right tuples of the caption with a partner
     * @param wrong tuples of the caption without
     * @param missing tuples of the references that found none
     */
    public record Measure(int right, int wrong, int missing) {
        private double orNan(double value) {
            return right + missing == 0 ? Double.NaN : value;
        }

        public double precision() {
            return orNan(right + wrong == 0 ? 0 : (double) right / (right + wrong));
        }

        public double recall() {
            return orNan((double) right / (right + missing));
        }

        public double f() {
            double precision = precision();
            double recall = recall();
            return orNan(precision > 0 && recall > 0 ? 2 * (precision * recall) / (precision + recall) : 0);
        }
    }

    /**
     * All, Object, Attribute, Relation, Cardinality, Color and Size; SPICE itself is the F of All. A matched tuple counts
     * as right in a category only if its partner may be of that category too.
     */
    public Map<String, Measure> measures() {
        Map<String, Measure> measures = new LinkedHashMap<>();
        CATEGORIES.forEach((name, filter) -> {
            List<Tuple> found =
                    result.stream().filter(tuple -> filter.test(tuple.words())).toList();
            List<Tuple> wanted = references.stream()
                    .filter(tuple -> filter.test(tuple.words()))
                    .toList();
            int right = Math.min(matched(found), name.equals(ALL) ? Integer.MAX_VALUE : matched(wanted));
            measures.put(name, new Measure(right, found.size() - right, wanted.size() - right));
        });
        return measures;
    }

    private static int matched(List<Tuple> tuples) {
        return (int) tuples.stream().filter(Tuple::matched).count();
    }

    private static Map<String, Predicate<List<String>>> categories() {
        Map<String, Predicate<List<String>>> categories = new LinkedHashMap<>();
        categories.put(ALL, words -> true);
        categories.put("Object", words -> words.size() == 1);
        categories.put("Attribute", words -> words.size() == 2);
        categories.put("Relation", words -> words.size() == 3);
        categories.put("Cardinality", words -> words.size() == 2 && NUMBERS.contains(words.get(1)));
        categories.put("Color", words -> words.size() == 2 && COLORS.contains(words.get(1)));
        categories.put("Size", words -> words.size() == 2 && SIZES.contains(words.get(1)));
        return categories;
    }

    private static Set<String> sizes() {
        try (InputStream stream = SpiceTuples.class.getResourceAsStream("spice-size-words.txt")) {
            if (stream == null) {
                throw new IllegalStateException("spice-size-words.txt is missing from the jar");
            }
            return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
