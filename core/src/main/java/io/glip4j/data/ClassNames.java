package io.glip4j.data;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The words of a detection sample.
 *
 * @param vocabulary every class the data set annotates
 * @param labels for each box its class, an index into the vocabulary
 * @param absent classes that are surely not to be seen; what is in neither list is not known
 */
public record ClassNames(List<String> vocabulary, List<Integer> labels, List<Integer> absent) implements SampleText {
    public ClassNames {
        vocabulary = List.copyOf(vocabulary);
        labels = List.copyOf(labels);
        absent = List.copyOf(absent);
        requireClasses("labels", labels, vocabulary.size());
        requireClasses("absent classes", absent, vocabulary.size());
    }

    private static void requireClasses(String what, List<Integer> classes, int below) {
        for (int number : classes) {
            if (number < 0 || number >= below) {
                throw new IllegalArgumentException("wanted " + what + " below " + below + ", got " + number);
            }
        }
    }

    /** Of a data set that marks every object of every class: what has no box is absent. */
    public ClassNames(List<String> vocabulary, List<Integer> labels) {
        this(vocabulary, labels, others(vocabulary.size(), new HashSet<>(labels)));
    }

    /**
     * Of a data set that marks every object of every class, but for some in this picture.
     *
     * @param unsure classes that may be seen although they have no box
     */
    public static ClassNames exhaustive(List<String> vocabulary, List<Integer> labels, Collection<Integer> unsure) {
        Set<Integer> seen = new HashSet<>(labels);
        seen.addAll(unsure);
        return new ClassNames(vocabulary, labels, others(vocabulary.size(), seen));
    }

    private static List<Integer> others(int classes, Set<Integer> seen) {
        return IntStream.range(0, classes)
                .filter(label -> !seen.contains(label))
                .boxed()
                .toList();
    }

    @Override
    public ClassNames only(List<Integer> kept) {
        return new ClassNames(vocabulary, kept.stream().map(labels::get).toList(), absent);
    }

    @Override
    public int boxes() {
        return labels.size();
    }

    @Override
    public String described() {
        return vocabulary + " " + labels;
    }
}
