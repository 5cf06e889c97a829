package io.glip4j.data;

import java.util.List;

/**
 * The words of a detection sample.
 *
 * @param vocabulary every class the data set annotates: what is not in the picture is a sure negative
 * @param labels for each box its class, an index into the vocabulary
 */
public record ClassNames(List<String> vocabulary, List<Integer> labels) implements SampleText {
    public ClassNames {
        vocabulary = List.copyOf(vocabulary);
        labels = List.copyOf(labels);
        for (int label : labels) {
            if (label < 0 || label >= vocabulary.size()) {
                throw new IllegalArgumentException("wanted labels below " + vocabulary.size() + ", got " + label);
            }
        }
    }

    @Override
    public ClassNames only(List<Integer> kept) {
        return new ClassNames(vocabulary, kept.stream().map(labels::get).toList());
    }

    @Override
    public int boxes() {
        return labels.size();
    }
}
