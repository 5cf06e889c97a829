package io.glip4j.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Which classes of which data set a prompt's boxes and tokens are of, as numbers that mean the same in every picture
 * and process. Free text has none.
 *
 * @param ofBoxes for each box its class; empty for free text
 * @param ofTokens classes by position of a token; tokens of no class name are left out
 */
public record PromptClasses(List<Long> ofBoxes, Map<Integer, Long> ofTokens) {
    public static final PromptClasses FREE_TEXT = new PromptClasses(List.of(), Map.of());

    public PromptClasses {
        ofBoxes = List.copyOf(ofBoxes);
        ofTokens = Collections.unmodifiableMap(new LinkedHashMap<>(ofTokens));
    }

    /** The number of a data set's class; never negative. */
    public static long number(String dataset, int label) {
        long[] parts = LongStream.concat(dataset.chars().asLongStream(), LongStream.of(label))
                .toArray();
        return Seeds.mix(parts) & Long.MAX_VALUE;
    }
}
